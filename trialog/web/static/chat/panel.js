// The chat as the family sees it: bar, conversation, field. It shows what the conversation tells it, and passes on what is done.

import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { hidden, icon, make } from './dom.js';
import { EntryView } from './entry.js';
import { Menu } from './menu.js';
import { Passage } from './passage.js';
import { Reader } from './reader.js';
import { Voice } from './voice.js';

/** A reply that comes sooner needs no sign that one is waiting for it. */
const WAIT_AFTER_MS = 400;

/** What a page is told of a reply: never that somebody is in danger, nor what came out. @type {Record<string, string>} */
const TOLD_AS = {
  question: 'questionnaire', review: 'questionnaire', result: 'questionnaire', cancelled: 'questionnaire', not_on_page: 'not_on_page',
};

const CROSS = 'M5 5l14 14M19 5L5 19';

/**
 * What the element hands over.
 * @typedef {object} Setup
 * @property {import('./server.js').Server} server
 * @property {Memory} memory keeps the conversation
 * @property {Memory} choices keeps the options
 * @property {Words} words
 * @property {string} language
 * @property {string} name
 * @property {Contact} ownContact
 * @property {(language: string) => void} speakIn
 * @property {(name: string, detail?: object) => void} tell
 * @property {string} staff
 * @property {boolean} isKiosk
 * @property {boolean} printing
 * @property {(() => void) | null} close null where nothing can be closed
 * @property {(() => void) | null} reveal opens what was closed
 */

export class Panel {
  /** The node of each entry. @type {Map<Entry, HTMLElement>} */
  nodes = new Map();

  /** The first of the replies that have not been looked at. @type {HTMLElement | null} */
  unread = null;

  /** True when the family has scrolled away while it waits. */
  away = false;

  /** The button that led to the page. @type {HTMLElement | null} */
  cameFrom = null;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  waitTimer = undefined;

  /** When it is known whose conversation it is. @type {Promise<void>} */
  settled = Promise.resolve();

  /** @param {Setup} setup */
  constructor(setup) {
    const { server, words, language, name } = setup;
    this.setup = setup;
    this.server = server;
    this.words = words;
    this.name = name;
    this.tell = setup.tell;
    this.reader = new Reader(language, words.noVoice);
    this.conversation = new Conversation(server, setup.memory, words, {
      opened: () => this.tell('opened'), changed: () => this.#render(), arrived: (entry) => this.#arrived(entry),
      waiting: (isWaiting) => this.#wait(isWaiting), giveBack: (text) => this.composer.giveBack(text),
    });
    this.view = new EntryView(words, language, this.#entryActions(), (ending) => server.sheet(this.conversation.id ?? '', ending));
    this.options = new Menu(words, this.reader, this.#menuActions(), setup.choices, language, !setup.isKiosk);
    this.composer = new Composer(words, (text) => this.#say(text), (text) => this.conversation.keepDraft(text));
    this.passage = new Passage(words, () => this.#comeBack());
    this.title = make(setup.isKiosk ? 'h1' : 'h2', { id: 'title', tabindex: '-1' }, name);
    this.log = make('div', { class: 'log', part: 'log', role: 'log', 'aria-live': 'off', 'aria-label': words.log, tabindex: '0' });
    this.below = make('button', { type: 'button', class: 'below', hidden: true, onclick: () => this.#showBelow() }, words.below);
    this.waitLine = make('p', { class: 'wait', role: 'status' });
    this.voice = new Voice();
    this.node = this.#build();
    this.composer.giveBack(this.conversation.draft);
  }

  /** @returns {EntryView['actions']} */
  #entryActions() {
    const { isKiosk, printing, staff } = this.setup;
    return {
      press: (entry, button) => this.#press(entry, button), retry: () => this.#again(), begin: () => this.#again(),
      linksOut: !isKiosk, printing, contact: () => this.contact,
      canRead: () => Boolean(this.reader.voice), read: (entry, ended) => this.reader.toggle(entry, this.view.asSpoken(entry), ended),
      clear: ({ topic }, clear, reason) => this.server.clear(this.conversation.id ?? '', { topic: topic ?? '', clear, reason }),
      show: (heading, topic, button) => this.#showPassage(heading, topic, button), passages: (topic) => this.server.passages(topic),
      heading: isKiosk ? 'h2' : 'h3', staff: isKiosk ? staff : null,
    };
  }

  /** @returns {import('./menu.js').MenuActions} */
  #menuActions() {
    const { view, setup } = this;
    return {
      speakIn: setup.speakIn, toggled: (open) => this.tell('menu', { open }), topics: () => this.server.topics(),
      ask: (topic) => this.#choose(topic), contact: () => view.contactCard(view.actions.heading),
      sheet: () => (this.conversation.id ? view.sheetLink() : null), resize: (step) => { this.node.dataset.size = String(step); },
      copy: () => this.#copy(), print: () => this.#print(), delete: () => this.#delete(),
    };
  }

  /** Open the conversation, if it is not, and send what waits; one that is restored waits for the family. */
  async begin() {
    await this.settled;
    const { entries, turns } = this.conversation;
    if (!entries.length || turns.length) await this.conversation.begin();
  }

  /** What the page tells the panel while it is shown; returns how to stop. */
  listen() {
    const { conversation } = this;
    const { memory, choices } = this.setup;
    const come = () => {
      this.settled = conversation.settle();
    };
    /** @type {Record<string, (event: any) => void>} */
    const listeners = {
      online: () => conversation.turns.length && conversation.begin(),
      pagehide: () => this.#left(),
      pageshow: (event) => event.persisted && come(),
    };
    for (const kept of [memory, choices]) kept.take();
    come();
    this.settled.then(() => this.#showLatest());
    const unwatch = this.reader.watch(() => this.options.showVoice());
    // A keyboard that comes up takes room: what is new stays in sight.
    const room = new ResizeObserver(() => this.away || this.#show(this.unread?.isConnected ? this.unread : this.#last, true, 'auto'));
    room.observe(this.log);
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener);
      for (const kept of [memory, choices]) kept.release();
      conversation.letGo();
      this.passage.leave();
      room.disconnect();
      unwatch();
      this.reader.stop();
    };
  }

  /** How to reach people: as the page says, else as the server does. */
  get contact() {
    return { ...this.conversation.contact, ...this.setup.ownContact };
  }

  /**
   * Press the first suggestion called `title`; where it is not among them, ask it in these words.
   * @param {string} title
   */
  choose(title) {
    const [entry] = this.conversation.entries;
    const offered = entry?.from === 'assistant' && !entry.spent ? entry : null;
    const button = offered?.message.buttons.find((one) => one.title === title);
    if (offered && button) this.#press(offered, button);
    else this.#say(title);
  }

  end() {
    this.tell('left');
    this.reader.stop();
    this.composer.clear();
    this.voice.clear();
    return this.conversation.end();
  }

  #left() {
    this.conversation.letGo();
    if (this.conversation.id) this.tell('left');
  }

  /** Closes what Escape closes here: the options. Returns whether there was something to close. */
  escape() {
    if (!this.options.isOpen) return false;
    this.options.toggle(false);
    this.options.button.focus();
    return true;
  }

  #build() {
    const { words } = this;
    const { close, isKiosk } = this.setup;
    const away = () => { this.away = true; };
    for (const sign of ['wheel', 'touchmove']) this.log.addEventListener(sign, away, { passive: true });
    // Other keys press a button.
    this.log.addEventListener('keydown', ({ key }) => /^(Arrow|Page|Home|End)/.test(key) && away());
    const closer = close && make('button', { type: 'button', class: 'bar-button', onclick: close }, icon(CROSS), hidden(words.close));
    const heading = make('div', { class: 'heading' }, this.title, make('p', {}, words.tagline));
    const menu = isKiosk ? null : this.options.button;
    const bar = make('div', { class: 'bar', part: 'bar' }, make('slot', { name: 'logo' }), heading, menu, closer);
    return make('div', { class: 'chat', part: 'chat', 'data-size': this.options.chosen.size },
      bar, this.options.node, this.log, this.below, this.waitLine, this.voice.node, this.composer.node);
  }

  /** Where the conversation stands: after a reload, or when the element comes to the page. */
  #showLatest() {
    this.#render();
    this.#show(this.#last, true, 'auto');
  }

  #render() {
    const { entries, worker } = this.conversation;
    const shown = entries.map((entry) => {
      const node = this.nodes.get(entry) ?? this.view.build(entry);
      this.nodes.set(entry, node);
      this.view.update(node, entry, !worker);
      return node;
    });
    for (const [entry, node] of this.nodes) {
      if (entries.includes(entry)) continue;
      node.remove();
      this.nodes.delete(entry);
    }
    this.log.append(...shown.filter((node) => node.parentNode !== this.log));
    this.composer.follow(entries, this.conversation.needsDigits);
  }

  /** @param {Entry} entry */
  #arrived(entry) {
    const node = this.nodes.get(entry) ?? null;
    const parts = this.view.asSpoken(entry);
    const isFirst = this.conversation.entries[0] === entry;
    // What was to be read first may be gone again: an offer to try again that was taken.
    if (!this.unread?.isConnected) this.unread = node;
    if (this.away && !isFirst) this.below.hidden = false;
    else this.#show(this.unread, isFirst);
    // A page that has just been loaded is not talked over: the welcome is spoken when the family has come to the chat.
    const root = /** @type {ShadowRoot} */ (this.log.getRootNode());
    if (!isFirst || root.activeElement) this.voice.tell(parts, entry.message?.kind === 'safety');
    this.reader.read(parts);
    if (entry.message) this.tell('answered', { kind: TOLD_AS[entry.message.kind] ?? 'answer' });
  }

  /**
   * Scroll so that a reply is read from its beginning; where the page itself scrolls, it stays where it is for a `quiet` one.
   * @param {HTMLElement | null} node
   * @param {boolean} [quiet]
   * @param {ScrollBehavior} [behavior]
   */
  #show(node, quiet, behavior) {
    const { log } = this;
    if (!node) return;
    const scrolls = log.scrollHeight > log.clientHeight + 1 && getComputedStyle(log).overflowY === 'auto';
    if (scrolls) log.scrollTo({ top: node.offsetTop - log.offsetTop - 12, behavior });
    else if (!quiet) node.scrollIntoView({ block: 'nearest' });
  }

  /** Who has scrolled away while waiting is not pulled back. */
  #showBelow() {
    this.below.hidden = true;
    this.#show(this.unread);
    this.composer.focus();
  }

  /** @param {boolean} isWaiting */
  #wait(isWaiting) {
    clearTimeout(this.waitTimer);
    this.#render();
    this.waitLine.replaceChildren();
    // What is above may have grown by "Not sent yet".
    if (!isWaiting && !this.away) this.#show(this.unread, true);
    if (!isWaiting) return;
    this.waitTimer = setTimeout(() => {
      this.waitLine.append(make('span', { class: 'dots' }, make('i'), make('i'), make('i')), this.words.wait);
    }, WAIT_AFTER_MS);
  }

  /** @param {string} text */
  #say(text) {
    this.tell('asked', { by: 'typing' });
    this.#turn();
    this.conversation.say(text);
    this.#show(this.#last);
  }

  get #last() {
    return /** @type {HTMLElement | null} */ (this.log.lastElementChild);
  }

  /**
   * A topic of the menu: what it is called stands where the family's words stand.
   * @param {Button} topic
   */
  #choose(topic) {
    this.tell('asked', { by: 'button' });
    this.#turn();
    this.title.focus({ preventScroll: true });
    this.conversation.choose(topic);
    this.#show(this.#last);
  }

  /**
   * @param {FromAssistant} entry
   * @param {Button} button
   */
  #press(entry, button) {
    this.tell('asked', { by: 'button' });
    this.#turn();
    this.conversation.press(entry, button);
  }

  #turn() {
    // A reply is not said behind the menu.
    if (this.options.isOpen) this.options.toggle(false);
    Object.assign(this, { unread: null, away: false });
    this.below.hidden = true;
    this.reader.stop();
    this.voice.clear();
  }

  #again() {
    this.away = false;
    this.composer.focus();
    this.conversation.begin();
  }

  /**
   * The page is behind an open window on a phone: that closes meanwhile.
   * @param {HTMLElement} heading
   * @param {string} topic
   * @param {HTMLElement} button
   */
  async #showPassage(heading, topic, button) {
    this.cameFrom = button;
    const sentences = await this.server.passages(topic);
    this.setup.close?.();
    this.passage.show(heading, sentences);
  }

  #comeBack() {
    this.setup.reveal?.();
    this.cameFrom?.scrollIntoView({ block: 'nearest' });
    this.cameFrom?.focus({ preventScroll: true });
  }

  async #copy() {
    const { copied, notCopied } = this.words;
    const text = this.view.asText(this.conversation.entries);
    const done = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    this.conversation.notice(done ? copied : notCopied);
    this.options.toggle(false);
    this.options.button.focus();
  }

  /** The conversation alone, in a window of its own; nothing of the page around it. */
  #print() {
    const paper = window.open('', '_blank');
    if (!paper) {
      this.conversation.notice(this.words.notPrinted);
      return;
    }
    const text = paper.document.createElement('pre');
    text.textContent = `${this.name}\n\n${this.view.asText(this.conversation.entries)}`;
    Object.assign(text.style, { font: '12pt/1.5 sans-serif', whiteSpace: 'pre-wrap' });
    paper.document.title = this.name;
    paper.document.body.replaceChildren(text);
    paper.print();
  }

  async #delete() {
    const { deleted, deletedHere } = this.words;
    this.options.toggle(false);
    this.composer.focus();
    const everywhere = await this.end();
    this.conversation.notice(everywhere ? deleted : deletedHere, 'begin');
  }
}
