// What survives a reload of the page: kept in this tab only, gone when the tab is closed.

/** The places that elements on this page hold, by name. @type {Map<string, Set<number>>} */
const places = new Map();

/** A page that is left lets go of its conversation at once; what is still held after a second belongs to another tab. */
const HOLD_TRIES = 5;
const HOLD_MS = 200;

export class TabMemory {
  /** Counted in the order in which elements of one name appear; null while this one is not on the page. @type {number | null} */
  place = null;

  /** @param {string} name tells conversations apart */
  constructor(name) {
    this.name = name;
    this.take();
  }

  /** Take the first place that is free: an element that the page makes anew finds what the old one left. */
  take() {
    if (this.place !== null) return;
    const held = places.get(this.name) ?? new Set();
    places.set(this.name, held);
    this.place = 0;
    while (held.has(this.place)) this.place += 1;
    held.add(this.place);
  }

  /** The element has left the page. Nothing is written until it comes back. */
  release() {
    if (this.place === null) return;
    places.get(this.name)?.delete(this.place);
    this.place = null;
  }

  get key() {
    return `trialog ${this.name} ${this.place}`;
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? '{}') ?? {};
    } catch {
      return {}; // storage is switched off, or holds something else
    }
  }

  /** @param {object} state */
  write(state) {
    if (this.place === null) return;
    try {
      sessionStorage.setItem(this.key, toJson(state));
    } catch {
      // Storage is full or switched off: the conversation goes on, only a reload forgets it.
    }
  }

  forget() {
    if (this.place === null) return;
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }
}

/** Keeps nothing: for the kiosk. @type {Memory} */
export const NO_MEMORY = { take() {}, release() {}, read: () => ({}), write() {}, forget() {} };

/**
 * Hold the conversation `id` for this page: a tab that is duplicated copies what is kept, and must not go on with it.
 * Resolves to how to let go of it, or to null where another tab holds it. Browsers offer locks on secure pages only.
 * @param {string} id
 * @returns {Promise<(() => void) | null>}
 */
export async function hold(id) {
  if (!navigator.locks) return () => {};
  for (let tries = 0; tries < HOLD_TRIES; tries += 1) {
    const release = await take(id);
    if (release) return release;
    await /** @type {Promise<void>} */ (new Promise((resolve) => { setTimeout(resolve, HOLD_MS); }));
  }
  return null;
}

/**
 * @param {string} id
 * @returns {Promise<(() => void) | null>}
 */
function take(id) {
  return new Promise((resolve) => {
    /** @param {Lock | null} lock @returns {Promise<void>} */
    const keep = async (lock) => {
      if (lock) await /** @type {Promise<void>} */ (new Promise((release) => { resolve(release); }));
      else resolve(null);
    };
    navigator.locks.request(`trialog ${id}`, { ifAvailable: true }, keep).catch(() => resolve(() => {}));
  });
}

/**
 * Plain data as JSON, whatever the page did to `JSON.stringify`: an old Prototype.js makes strings of lists.
 * @param {any} value
 * @returns {string}
 */
function toJson(value) {
  if (Array.isArray(value)) return `[${value.map((one) => toJson(one ?? null)).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${toJson(one)}`).join()}}`;
}
