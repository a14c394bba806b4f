// The chat as the family sees it: bar, conversation, field. It shows what the conversation tells it, and passes on what is done.

import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { hidden, icon, make } from './dom.js';
import { EntryView } from './entry.js';
import { Options } from './options.js';
import { Reader } from './reader.js';
import { Voice } from './voice.js';

/** A reply that comes sooner needs no sign that one is waiting for it. */
const WAIT_AFTER_MS = 400;

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
      changed: () => this.#render(), arrived: (entry) => this.#arrived(entry),
      waiting: (isWaiting) => this.#wait(isWaiting), giveBack: (text) => this.composer.giveBack(text),
    });
    this.options = new Options(words, this.reader, {
      resize: (step) => { this.node.dataset.size = step; }, copy: () => this.#copy(), delete: () => this.#delete(),
    }, setup.choices, !isKiosk);
    this.composer = new Composer(words, (text) => this.#say(text), (text) => this.conversation.keepDraft(text));
    this.view = new EntryView(words, language, {
      press: (entry, button) => this.#press(entry, button), retry: () => this.#again(), begin: () => this.#again(),
      linksOut: !isKiosk, printing: setup.printing,
    }, (ending) => setup.server.sheet(this.conversation.id, ending));
    this.node = this.#build();
    this.#restore();
  }

  /** Open the conversation, if it is not; restored ones wait for the family. */
  begin() {
    return this.conversation.entries.length ? null : this.conversation.begin();
  }

  /** What the page tells the panel while it is shown; returns how to stop. */
  listen() {
    const online = () => this.conversation.turns.length && this.conversation.begin();
    const unwatch = this.reader.watch(() => this.options.showVoice());
    window.addEventListener('online', online);
    return () => {
      window.removeEventListener('online', online);
      unwatch();
      this.reader.stop();
    };
  }

  /** Press the first suggestion called `title`; where it is not among them, ask it in these words. */
  choose(title) {
    const [entry] = this.conversation.entries;
    const button = entry?.message?.buttons.find((offered) => offered.title === title);
    if (button) this.#press(entry, button);
    else this.#say(title);
  }

  end() {
    this.reader.stop();
    this.composer.clear();
    this.voice.clear();
    return this.conversation.end();
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
    this.log = make('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': words.log, tabindex: '0' });
    this.waitLine = make('p', { class: 'wait', role: 'status' });
    this.voice = new Voice();
    const closer = close && make('button', { type: 'button', class: 'bar-button', onclick: close }, icon(CROSS), hidden(words.close));
    return make('div', { class: 'chat', 'data-size': this.options.chosen.size },
      make('div', { class: 'bar' }, this.title, make('p', {}, words.tagline), this.options.button, closer),
      this.options.node, this.log, this.waitLine, this.voice.node, this.composer.node);
  }

  #restore() {
    this.composer.giveBack(this.conversation.draft);
    this.#render();
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
    const added = entries.map((entry) => this.nodes.get(entry)).filter((node) => !node.isConnected || node.parentNode !== this.log);
    this.log.append(...added);
  }

  #arrived(entry) {
    const node = this.nodes.get(entry);
    const parts = this.view.asSpoken(entry);
    const isFirst = this.conversation.entries[0] === entry;
    this.unread ??= node;
    this.#show(this.unread, isFirst);
    // A page that has just been loaded is not talked over: the welcome is spoken when the family has come to the chat.
    if (!isFirst || node.getRootNode().activeElement) this.voice.tell(parts, entry.message?.kind === 'safety');
    this.reader.read(parts);
  }

  /** Scroll so that a reply is read from its beginning. */
  #show(node, isFirst) {
    const { log } = this;
    const scrolls = log.scrollHeight > log.clientHeight + 1 && getComputedStyle(log).overflowY === 'auto';
    if (scrolls) log.scrollTop = node.offsetTop - log.offsetTop - 12;
    else if (!isFirst) node.scrollIntoView({ block: 'nearest' });
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
    this.#turn();
    this.conversation.say(text);
    this.#show(this.log.lastElementChild);
  }

  #press(entry, button) {
    this.#turn();
    this.conversation.press(entry, button);
  }

  #turn() {
    this.unread = null;
    this.reader.stop();
    this.voice.clear();
  }

  #again() {
    this.composer.focus();
    this.conversation.begin();
  }

  async #copy() {
    const { copied, notCopied } = this.words;
    const text = this.conversation.asText();
    const done = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    this.conversation.notice(done ? copied : notCopied);
    this.options.toggle(false);
    this.options.button.focus();
  }

  async #delete() {
    const { deleted, deletedHere } = this.words;
    this.options.toggle(false);
    this.composer.focus();
    const everywhere = await this.end();
    this.conversation.notice(everywhere ? deleted : deletedHere, 'begin');
  }
}
