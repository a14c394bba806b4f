// What survives a reload of the page: kept in this tab only, gone when the tab is closed.

const taken = new Map();

export class TabMemory {
  /** `name` tells conversations apart: several elements with one name are counted in the order they appear. */
  constructor(name) {
    const count = taken.get(name) ?? 0;
    taken.set(name, count + 1);
    this.key = `trialog ${name} ${count}`;
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) ?? {};
    } catch {
      return {}; // storage is switched off, or holds something else
    }
  }

  write(state) {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(state));
    } catch {
      // Storage is full or switched off: the conversation goes on, only a reload forgets it.
    }
  }

  forget() {
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }
}

/** Keeps nothing: for the kiosk. */
export const NO_MEMORY = { read: () => ({}), write() {}, forget() {} };
