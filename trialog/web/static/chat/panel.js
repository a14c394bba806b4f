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

/** What a page is told of a reply: never that somebody is in danger, nor what came out. */
const TOLD_AS = { question: 'questionnaire', review: 'questionnaire', result: 'questionnaire', cancelled: 'questionnaire', not_on_page: 'not_on_page' };

const CROSS = 'M5 5l14 14M19 5L5 19';

export class Panel {
  /**
   * @param setup { server, memory, choices, words, language, name, isKiosk, printing, close }: `memory` keeps the conversation,
   *   `choices` the options; `close` is null where nothing can be closed
   */
  constructor(setup) {
    const { words, language, isKiosk } = setup;
    Object.assign(this, setup);
    this.nodes = new Map();
    this.reader = new Reader(language, words.noVoice);
    this.conversation = new Conversation(setup.server, setup.memory, words, {
      opened: () => this.tell('opened'), changed: () => this.#render(), arrived: (entry) => this.#arrived(entry),
      waiting: (isWaiting) => this.#wait(isWaiting), giveBack: (text) => this.composer.giveBack(text),
    });
    this.options = new Menu(words, this.reader, {
      speakIn: (language) => setup.speakIn(language), toggled: (open) => this.tell('menu', { open }), topics: () => setup.server.topics(), ask: (topic) => this.#choose(topic), contact: () => this.view.contactCard(this.view.actions.heading),
      resize: (step) => { this.node.dataset.size = step; }, copy: () => this.#copy(), print: () => this.#print(), delete: () => this.#delete(),
    }, setup.choices, language, !isKiosk);
    this.composer = new Composer(words, (text) => this.#say(text), (text) => this.conversation.keepDraft(text));
    this.view = new EntryView(words, language, {
      press: (entry, button) => this.#press(entry, button), retry: () => this.#again(), begin: () => this.#again(),
      linksOut: !isKiosk, printing: setup.printing, contact: () => this.contact,
      canRead: () => Boolean(this.reader.voice), read: (entry, ended) => this.reader.toggle(entry, this.view.asSpoken(entry), ended),
      clear: ({ topic }, clear, reason) => setup.server.clear(this.conversation.id, { topic: topic ?? '', clear, reason }),
      show: (heading, button) => this.#showPassage(heading, button), heading: isKiosk ? 'h2' : 'h3', staff: isKiosk ? setup.staff : null,
    }, (ending) => setup.server.sheet(this.conversation.id, ending));
    this.passage = new Passage(words, () => this.#comeBack());
    this.node = this.#build();
    this.composer.giveBack(this.conversation.draft);
  }

  /** Open the conversation, if it is not, and send what waits; one that is restored waits for the family. */
  async begin() {
    await this.settled;
    const { entries, turns } = this.conversation;
    if (!entries.length || turns.length) await this.conversation.begin();
  }

  /** What the page tells the panel while it is shown; returns how to stop. */
  listen() {
    const { conversation, memory, choices } = this;
    const come = () => {
      this.settled = conversation.settle();
    };
    const listeners = {
      online: () => conversation.turns.length && conversation.begin(),
      pagehide: () => this.#left(),
      pageshow: (event) => event.persisted && come(),
    };
    for (const kept of [memory, choices]) kept.take();
    come();
    this.settled.then(() => this.#showLatest());
    const unwatch = this.reader.watch(() => this.options.showVoice());
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener);
      for (const kept of [memory, choices]) kept.release();
      conversation.letGo();
      this.passage.leave();
      unwatch();
      this.reader.stop();
    };
  }

  /** How to reach people: as the page says, else as the server does. */
  get contact() {
    return { ...this.conversation.contact, ...this.ownContact };
  }

  /** Press the first suggestion called `title`; where it is not among them, ask it in these words. */
  choose(title) {
    const [entry] = this.conversation.entries;
    const button = entry?.message?.buttons.find((offered) => offered.title === title);
    if (button && !entry.spent) this.#press(entry, button);
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
    const { words, name, close, isKiosk } = this;
    this.title = make(isKiosk ? 'h1' : 'h2', { id: 'title', tabindex: '-1' }, name);
    this.log = make('div', { class: 'log', part: 'log', role: 'log', 'aria-live': 'off', 'aria-label': words.log, tabindex: '0' });
    const away = () => { this.away = true; };
    for (const sign of ['wheel', 'touchmove', 'keydown']) this.log.addEventListener(sign, away, { passive: true });
    this.below = make('button', { type: 'button', class: 'below', hidden: true, onclick: () => this.#showBelow() }, words.below);
    this.waitLine = make('p', { class: 'wait', role: 'status' });
    this.voice = new Voice();
    const closer = close && make('button', { type: 'button', class: 'bar-button', onclick: close }, icon(CROSS), hidden(words.close));
    return make('div', { class: 'chat', part: 'chat', 'data-size': this.options.chosen.size },
      make('div', { class: 'bar', part: 'bar' }, make('slot', { name: 'logo' }), make('div', { class: 'heading' }, this.title, make('p', {}, words.tagline)), isKiosk ? null : this.options.button, closer),
      this.options.node, this.log, this.below, this.waitLine, this.voice.node, this.composer.node);
  }

  /** Where the conversation stands: after a reload, or when the element comes to the page. */
  #showLatest() {
    this.#render();
    const entry = this.conversation.entries[this.conversation.entries.length - 1];
    if (entry) this.#show(this.nodes.get(entry), true, 'auto');
  }

  #render() {
    const { entries, worker } = this.conversation;
    for (const entry of entries) {
      if (!this.nodes.has(entry)) this.nodes.set(entry, this.view.build(entry));
      this.view.update(this.nodes.get(entry), entry, !worker);
    }
    for (const [entry, node] of this.nodes) {
      if (entries.includes(entry)) continue;
      node.remove();
      this.nodes.delete(entry);
    }
    const added = entries.map((entry) => this.nodes.get(entry)).filter((node) => node.parentNode !== this.log);
    this.log.append(...added);
    this.composer.follow(entries, this.conversation.needsDigits);
  }

  #arrived(entry) {
    const node = this.nodes.get(entry);
    const parts = this.view.asSpoken(entry);
    const isFirst = this.conversation.entries[0] === entry;
    // What was to be read first may be gone again: an offer to try again that was taken.
    if (!this.unread?.isConnected) this.unread = node;
    if (this.away && !isFirst) this.below.hidden = false;
    else this.#show(this.unread, isFirst);
    // A page that has just been loaded is not talked over: the welcome is spoken when the family has come to the chat.
    if (!isFirst || node.getRootNode().activeElement) this.voice.tell(parts, entry.message?.kind === 'safety');
    this.reader.read(parts);
    if (entry.message) this.tell('answered', { kind: TOLD_AS[entry.message.kind] ?? 'answer' });
  }

  /** Scroll so that a reply is read from its beginning; where the page itself scrolls, it stays where it is for a `quiet` one. */
  #show(node, quiet, behavior) {
    const { log } = this;
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

  #wait(isWaiting) {
    clearTimeout(this.waitTimer);
    this.#render();
    this.waitLine.replaceChildren();
    if (!isWaiting) return;
    this.waitTimer = setTimeout(() => {
      this.waitLine.append(make('span', { class: 'dots' }, make('i'), make('i'), make('i')), this.words.wait);
    }, WAIT_AFTER_MS);
  }

  #say(text) {
    this.tell('asked', { by: 'typing' });
    this.#turn();
    this.conversation.say(text);
    this.#show(this.log.lastElementChild);
  }

  /** A topic of the menu: what it is called stands where the family's words stand. */
  #choose(topic) {
    this.tell('asked', { by: 'button' });
    this.#turn();
    this.title.focus({ preventScroll: true });
    this.conversation.choose(topic);
    this.#show(this.log.lastElementChild);
  }

  #press(entry, button) {
    this.tell('asked', { by: 'button' });
    this.#turn();
    this.conversation.press(entry, button);
  }

  #turn() {
    Object.assign(this, { unread: null, away: false });
    this.below.hidden = true;
    this.reader.stop();
    this.voice.clear();
  }

  #again() {
    this.composer.focus();
    this.conversation.begin();
  }

  /** The page is behind an open window on a phone: that closes meanwhile. */
  #showPassage(heading, button) {
    this.cameFrom = button;
    this.hide?.();
    this.passage.show(heading);
  }

  #comeBack() {
    this.reveal?.();
    this.cameFrom.scrollIntoView({ block: 'nearest' });
    this.cameFrom.focus({ preventScroll: true });
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
    if (!paper) return this.conversation.notice(this.words.notPrinted);
    const text = paper.document.createElement('pre');
    text.textContent = `${this.name}\n\n${this.view.asText(this.conversation.entries)}`;
    Object.assign(text.style, { font: '12pt/1.5 sans-serif', whiteSpace: 'pre-wrap' });
    paper.document.title = this.name;
    paper.document.body.replaceChildren(text);
    paper.print();
    return null;
  }

  async #delete() {
    const { deleted, deletedHere } = this.words;
    this.options.toggle(false);
    this.composer.focus();
    const everywhere = await this.end();
    this.conversation.notice(everywhere ? deleted : deletedHere, 'begin');
  }
}
