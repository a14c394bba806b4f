// One conversation, without any page: what was said, what waits to be sent, and what happens when something breaks.
//
// Of an entry of the assistant (types.d.ts), `chosen` is the title of the button that was pressed.

import { ServerError } from './server.js';
import { hold } from './tab_memory.js';

/** What a family can mend by changing its text; anything else is tried again as it is. */
const TO_MEND = [400, 413, 415];

/** Names a message, so that one that is sent again is not answered twice. `randomUUID` would need TLS. */
function newKey() {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}

/**
 * @typedef {object} Listener
 * @property {() => void} opened
 * @property {() => void} changed
 * @property {(entry: Entry) => void} arrived
 * @property {(isWaiting: boolean) => void} waiting
 * @property {(text: string) => void} giveBack
 */

/**
 * True for a notice with a button: it goes when something else is done, and is not kept.
 * @param {Entry} entry
 */
function isOffer(entry) {
  return entry.from === 'notice' && entry.action !== null;
}

export class Conversation {
  /** @type {string | null} */
  id = null;

  /** @type {Entry[]} */
  entries = [];

  /** What waits to be sent. @type {Turn[]} */
  turns = [];

  draft = '';

  /** @type {Contact} */
  contact = {};

  /** Stands for the one that sends. @type {object | null} */
  worker = null;

  /** The conversation that could not be deleted on the server. @type {string | null} */
  leftBehind = null;

  /** Lets other tabs have it. @type {(() => void) | null} */
  release = null;

  /**
   * @param {import('./server.js').Server} server
   * @param {Memory} memory
   * @param {Words} words
   * @param {Listener} listener
   */
  constructor(server, memory, words, listener) {
    this.server = server;
    this.memory = memory;
    this.words = words;
    this.listener = listener;
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

  /** @param {string} text */
  say(text) {
    this.#take({ body: { text, idempotency_key: newKey() }, entry: this.#said(text) });
  }

  /**
   * Press a button of the assistant's `entry`.
   * @param {FromAssistant} entry
   * @param {Button} button
   */
  press(entry, { title, payload }) {
    entry.chosen = title;
    this.#take({ body: { payload, idempotency_key: newKey() }, entry });
  }

  /**
   * Ask about a topic of the menu.
   * @param {Button} topic
   */
  choose({ title, payload }) {
    this.#take({ body: { payload, idempotency_key: newKey() }, entry: this.#said(title) });
  }

  /**
   * @param {string} text
   * @returns {FromFamily}
   */
  #said(text) {
    /** @type {FromFamily} */
    const entry = { from: 'family', text, waiting: true };
    this.entries.push(entry);
    return entry;
  }

  /** @param {string} text */
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

  /**
   * @param {string} text
   * @param {Notice['action']} action
   */
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
    return this.asksToType && asked.length === 3 && asked.every((message) => message?.criterion === asked[0]?.criterion);
  }

  /**
   * What was sent when the page went is sent again by the same key: it is answered once, whether it had arrived or not.
   * @param {Record<string, any>} kept
   */
  #recall({ id = null, entries = [], turns = [], draft = '', contact = this.contact }) {
    const known = Array.isArray(entries) && Array.isArray(turns) ? { id, entries, draft } : { id: null, entries: [], draft: '' };
    Object.assign(this, known, { turns: [], worker: null, contact });
    for (const { body, at } of this.entries.length ? turns : []) this.turns.push({ body, entry: /** @type {any} */ (this.entries[at]) });
  }

  /**
   * Buttons answer what was said last: older ones are spent. The first suggestions stay until one is chosen.
   * @param {Turn} turn
   */
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
      if (worker === this.worker) this.#offerRetry(/** @type {ServerError} */ (error));
    }
    if (worker !== this.worker) return;
    this.worker = null;
    this.listener.waiting(false);
  }

  /** @param {object} worker */
  async #step(worker) {
    if (!this.id) {
      await this.#open(worker);
      return;
    }
    const [turn] = this.turns;
    try {
      const messages = await this.server.send(this.id, turn.body);
      if (worker === this.worker) this.#answered(turn, messages);
    } catch (error) {
      if (worker === this.worker) this.#recover(turn, error);
    }
  }

  /** @param {object} worker */
  async #open(worker) {
    const { id, messages, contact } = await this.server.open();
    if (worker !== this.worker) {
      await this.server.delete(id);
      return;
    }
    Object.assign(this, { id, contact: contact ?? {} });
    this.settle();
    this.listener.opened();
    messages.forEach((message) => this.#hear(message));
  }

  /**
   * @param {Turn} turn
   * @param {Message[]} messages
   */
  #answered(turn, messages) {
    this.turns.shift();
    if (turn.entry.from === 'family') turn.entry.waiting = false;
    messages.forEach((message) => this.#hear(message));
  }

  /**
   * @param {Turn} turn
   * @param {unknown} error
   */
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

  /**
   * Put the text of `turns` back into the field, where it can be changed and sent again.
   * @param {Turn[]} turns
   * @param {string} reason
   */
  #handBack(turns, reason) {
    const entries = turns.map((turn) => turn.entry);
    this.turns = this.turns.filter((turn) => !turns.includes(turn));
    this.entries = this.entries.filter((entry) => entry.from !== 'family' || !entries.includes(entry));
    this.listener.giveBack(entries.flatMap((entry) => (entry.from === 'family' ? [entry.text] : [])).join('\n'));
    this.notice(reason);
  }

  /** @param {ServerError} error */
  #offerRetry(error) {
    const { unreachable, offline, slow, refused } = this.words;
    /** @type {Record<string, string>} */
    const ours = { unreachable: navigator.onLine ? unreachable : offline, slow, refused };
    this.notice(error.detail || ours[error.problem] || unreachable, 'retry');
  }

  #clearOffers() {
    this.entries = this.entries.filter((entry) => !isOffer(entry));
    this.#changed();
  }

  /** @param {Message} message */
  #hear(message) {
    this.#arrive({ from: 'assistant', message, chosen: null, spent: false });
  }

  /** @param {Entry} entry */
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
    const entries = this.entries.filter((entry) => !isOffer(entry));
    const turns = this.turns.map(({ body, entry }) => ({ body, at: entries.indexOf(entry) }));
    if (id || entries.length || draft) this.memory.write({ id, entries, turns, draft, contact });
    else this.memory.forget();
  }
}
