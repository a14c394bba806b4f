// One conversation, without any page: what was said, what waits to be sent, and what happens when something breaks.
//
// An entry is one of
//   { from: 'assistant', message, chosen, spent }   `chosen`: the title of the button that was pressed
//   { from: 'family', text, waiting }
//   { from: 'notice', text, action }                `action`: 'retry', 'begin' or null
// and a turn is { body, entry }: what is sent, and the entry it came from.

import { ServerError } from './server.js';
import { hold } from './tab_memory.js';

/** What a family can mend by changing its text; anything else is tried again as it is. */
const TO_MEND = [400, 413, 415];

/** Names a message, so that one that is sent again is not answered twice. `randomUUID` would need TLS. */
function newKey() {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}

export class Conversation {
  /**
   * @param server   a Server
   * @param memory   a TabMemory, or NO_MEMORY
   * @param words    the sentences of words/<language>.json
   * @param listener { opened(), changed(), arrived(entry), waiting(bool), giveBack(text) }
   */
  constructor(server, memory, words, listener) {
    Object.assign(this, { server, memory, words, listener, leftBehind: null, release: null, contact: {} });
    this.#recall(memory.read());
  }

  /**
   * Go on with what this tab kept. A tab that is a copy of another leaves it there and begins its own conversation, and so
   * does an element whose conversation another element has taken over.
   */
  async settle() {
    const { id } = this;
    if (!id || this.release) return;
    const release = await hold(id);
    if (this.id !== id) release?.();
    else if (release) this.release = release;
    else {
      this.memory.forget();
      this.#recall({});
      this.listener.changed();
    }
  }

  /** Let others have it: the page is being left, or the element is not on it any more. */
  letGo() {
    this.release?.();
    this.release = null;
  }

  /** Open the conversation, if it is not open yet. */
  begin() {
    this.#clearOffers();
    return this.#work();
  }

  say(text) {
    const entry = { from: 'family', text, waiting: true };
    this.entries.push(entry);
    this.#take({ body: { text, idempotency_key: newKey() }, entry });
  }

  /** Press a button of the assistant's `entry`. */
  press(entry, { title, payload }) {
    entry.chosen = title;
    this.#take({ body: { payload, idempotency_key: newKey() }, entry });
  }

  /** Ask about `topic` of the menu: { title, payload }. */
  choose({ title, payload }) {
    const entry = { from: 'family', text: title, waiting: true };
    this.entries.push(entry);
    this.#take({ body: { payload, idempotency_key: newKey() }, entry });
  }

  keepDraft(text) {
    this.draft = text;
    this.#remember();
  }

  /** Forget everything here at once; resolves to whether the server did, too. If not, calling it again tries again. */
  async end() {
    const id = this.id ?? this.leftBehind;
    this.letGo();
    this.#recall({});
    this.leftBehind = id;
    this.memory.forget();
    this.listener.waiting(false);
    this.listener.changed();
    try {
      if (id) await this.server.delete(id);
      this.leftBehind = null;
      return true;
    } catch {
      return false;
    }
  }

  notice(text, action = null) {
    this.#clearOffers();
    this.#arrive({ from: 'notice', text, action });
  }

  /** True where the last reply asks for something that no button answers. */
  get asksToType() {
    const asked = this.entries.filter(({ message }) => message).pop()?.message;
    return asked?.kind === 'question' && !asked.buttons.some(({ payload }) => /"(person|answer)": "(?!\w+:unknown")/.test(payload));
  }

  /** True where an age was asked and what was typed could not be read twice: digits are what helps then. */
  get needsDigits() {
    const asked = this.entries.map(({ message }) => message).filter((message) => message?.kind === 'question').slice(-3);
    return this.asksToType && asked.length === 3 && asked.every(({ criterion }) => criterion === asked[0].criterion);
  }

  /** What was sent when the page went is sent again by the same key: it is answered once, whether it had arrived or not. */
  #recall({ id = null, entries = [], turns = [], draft = '', contact = this.contact }) {
    const known = Array.isArray(entries) && Array.isArray(turns) ? { id, entries, draft } : { id: null, entries: [], draft: '' };
    Object.assign(this, known, { turns: [], worker: null, contact });
    for (const { body, at } of this.entries.length ? turns : []) this.turns.push({ body, entry: this.entries[at] });
  }

  /** Buttons answer what was said last: older ones are spent. The first suggestions stay until one is chosen. */
  #take(turn) {
    for (const entry of this.entries) entry.spent = entry.spent || Boolean(entry.chosen) || entry.message?.kind !== 'welcome';
    this.turns.push(turn);
    this.#clearOffers();
    this.#work();
  }

  /** Open if needed, then send what waits, one after the other. A worker whose conversation was ended stops. */
  async #work() {
    if (this.worker) return;
    const worker = {};
    this.worker = worker;
    this.listener.waiting(true);
    try {
      while (worker === this.worker && (!this.id || this.turns.length)) await this.#step(worker);
    } catch (error) {
      if (worker === this.worker) this.#offerRetry(error);
    }
    if (worker !== this.worker) return;
    this.worker = null;
    this.listener.waiting(false);
  }

  async #step(worker) {
    if (!this.id) return this.#open(worker);
    const [turn] = this.turns;
    try {
      const messages = await this.server.send(this.id, turn.body);
      if (worker === this.worker) this.#answered(turn, messages);
    } catch (error) {
      if (worker === this.worker) this.#recover(turn, error);
    }
  }

  async #open(worker) {
    const { id, messages, contact } = await this.server.open();
    if (worker !== this.worker) return this.server.delete(id);
    Object.assign(this, { id, contact: contact ?? {} });
    this.settle();
    this.listener.opened();
    messages.forEach((message) => this.#hear(message));
  }

  #answered(turn, messages) {
    this.turns.shift();
    turn.entry.waiting = false;
    messages.forEach((message) => this.#hear(message));
  }

  #recover(turn, error) {
    if (!(error instanceof ServerError)) throw error;
    if (error.problem === 'unknown_conversation') this.#beginAnew();
    else if (TO_MEND.includes(error.status)) this.#handBack([turn], error.detail);
    else throw error;
  }

  /** The server has forgotten the conversation: it was restarted, or it was quiet for too long. */
  #beginAnew() {
    this.letGo();
    this.id = null;
    for (const entry of this.entries) entry.spent = true;
    this.#handBack(this.turns, this.turns.some((turn) => turn.body.text) ? this.words.lostText : this.words.lost);
  }

  /** Put the text of `turns` back into the field, where it can be changed and sent again. */
  #handBack(turns, reason) {
    const entries = turns.map((turn) => turn.entry);
    this.turns = this.turns.filter((turn) => !turns.includes(turn));
    this.entries = this.entries.filter((entry) => entry.from !== 'family' || !entries.includes(entry));
    this.listener.giveBack(entries.map((entry) => entry.text).filter(Boolean).join('\n'));
    this.notice(reason);
  }

  #offerRetry(error) {
    const { unreachable, offline, slow, refused } = this.words;
    const ours = { unreachable: navigator.onLine ? unreachable : offline, slow, refused };
    this.notice(error.detail || ours[error.problem] || unreachable, 'retry');
  }

  #clearOffers() {
    this.entries = this.entries.filter((entry) => !entry.action);
    this.#changed();
  }

  #hear(message) {
    this.#arrive({ from: 'assistant', message, chosen: null, spent: false });
  }

  #arrive(entry) {
    this.entries.push(entry);
    this.#changed();
    this.listener.arrived(entry);
  }

  #changed() {
    this.#remember();
    this.listener.changed();
  }

  #remember() {
    const { id, draft, contact } = this;
    const entries = this.entries.filter((entry) => !entry.action);
    const turns = this.turns.map(({ body, entry }) => ({ body, at: entries.indexOf(entry) }));
    if (id || entries.length || draft) this.memory.write({ id, entries, turns, draft, contact });
    else this.memory.forget();
  }
}
