// <trialog-chat>: attributes in, the panel inside; see README.md for what a site can set.

import { MAX_CHARACTERS } from './composer.js';
import { contactOf } from './contact.js';
import { icon, make } from './dom.js';
import { Panel } from './panel.js';
import { Server } from './server.js';
import { NO_MEMORY, TabMemory } from './tab_memory.js';

/** Where this script came from: the server to talk to, unless the page names another. */
const SCRIPT = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src || null;

/** Below this width an open floating chat covers the page, so the page behind it must not take part. */
const NARROW = '(max-width: 40em), (max-height: 30em)';

const DARK = '(prefers-color-scheme: dark)';

/** The window is over its button by then, and a screen reader has heard where the focus went. */
const LAUNCHER_MS = 250;

const BUBBLE = 'M4 4h16v12H10l-5 4v-4H4z';

export class TrialogChat extends HTMLElement {
  static observedAttributes = ['name', 'theme'];

  /** Settled when the words are here and the chat is built. @type {Promise<unknown> | null} */
  ready = null;

  /** Made when the element first comes to a page. @type {Panel} */
  panel = /** @type {any} */ (null);

  /** Of a floating chat. @type {HTMLDialogElement | null} */
  dialog = null;

  /** Of a floating chat. @type {HTMLElement | null} */
  launcher = null;

  /** Says beside the launcher that there is something new. */
  news = make('p', { class: 'news', role: 'status' });

  /** @type {HTMLElement} */
  root = make('div');

  /** @type {(() => void) | null} */
  stop = null;

  connectedCallback() {
    const language = this.#language;
    if (WORDS[language]) this.#come();
    else this.ready = this.#learn(language).then(() => this.isConnected && this.#come());
  }

  /**
   * The words of `language`; English ones where they cannot be had.
   * @param {string} language
   */
  async #learn(language) {
    const address = `${this.#server}/api/words/${language}`;
    const words = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer' })
      .then((response) => (response.ok ? response.json() : null), () => null);
    WORDS[language] = words ?? WORDS.en;
  }

  /**
   * The family wants the words around the replies in another language: the same conversation, built anew.
   * @param {string} language
   */
  async #speakIn(language) {
    const isOpen = this.dialog?.hasAttribute('open');
    if (!WORDS[language]) await this.#learn(language);
    this.stop?.();
    this.panel = /** @type {any} */ (null);
    this.shadowRoot?.replaceChildren();
    this.#come();
    if (isOpen) this.#showWindow();
    this.panel.title.focus();
  }

  #come() {
    if (!this.panel) this.#build();
    const unwatchTheme = this.#watchTheme();
    const unlisten = this.panel.listen();
    const unwatchSight = this.#isFloating || this.#isKiosk ? () => {} : this.#beginWhenSeen();
    this.stop = () => {
      for (const stop of [unwatchTheme, unlisten, unwatchSight]) stop();
    };
  }

  disconnectedCallback() {
    this.stop?.();
    this.close();
  }

  attributeChangedCallback() {
    if (!this.panel) return;
    this.panel.title.textContent = this.#name;
    this.#setTheme();
  }

  /** The field the family types in. */
  get field() {
    return this.panel.composer.field;
  }

  /** True while a reply is being read aloud. */
  get speaking() {
    return this.panel.reader.speaking;
  }

  /** True where the last reply asks for something that no button answers. */
  get asksToType() {
    return this.panel.conversation.asksToType;
  }

  /** Open or close the menu, where the page has a button of its own for it. */
  toggleMenu() {
    this.panel.options.toggle();
  }

  /**
   * Begin the conversation and come to it.
   * @param {string} [choice] the title of a first suggestion to press
   */
  async begin(choice) {
    if (!this.panel) await this.ready;
    this.panel.title.focus({ preventScroll: true });
    await this.panel.begin();
    if (choice) this.panel.choose(choice);
  }

  /** Forget the conversation; resolves to whether the server did, too. */
  end() {
    return this.panel.end();
  }

  /** Come to the chat: the floating one opens, one in the page comes into sight. Resolves when the conversation has begun. */
  async open() {
    if (!this.panel) await this.ready;
    if (!this.dialog) this.scrollIntoView({ block: 'nearest' });
    else if (!this.dialog.hasAttribute('open')) this.#showWindow();
    await this.begin();
  }

  /**
   * Ask `text` as if the family had typed it, or had pressed the suggestion of this name.
   * @param {string} text
   */
  async ask(text) {
    const question = String(text ?? '').trim();
    if (!question || question.length > MAX_CHARACTERS) return;
    await this.open();
    this.panel.choose(question);
  }

  #showWindow() {
    const { dialog, launcher } = this;
    if (!dialog || !launcher) return;
    this.panel.passage.leave();
    this.#markUnread(false);
    if (!('show' in dialog)) /** @type {Element} */ (dialog).setAttribute('open', '');
    else if (matchMedia(NARROW).matches) dialog.showModal();
    else dialog.show();
    // Not at once: Orca says nothing of the window when the button that had the focus goes in the same moment.
    setTimeout(() => { launcher.hidden = this.#isOpen; }, LAUNCHER_MS);
  }

  close() {
    const { dialog } = this;
    if (!dialog || !this.#isOpen) return;
    if ('close' in dialog) dialog.close();
    else {
      /** @type {Element} */ (dialog).removeAttribute('open');
      this.#closed();
    }
  }

  get #isOpen() {
    return Boolean(this.dialog?.hasAttribute('open'));
  }

  get #isFloating() {
    return ['bottom-right', 'bottom-left'].includes(this.getAttribute('position') ?? '');
  }

  get #isKiosk() {
    return this.getAttribute('channel') === 'kiosk';
  }

  /** As the family has chosen, else as the element or the page around it says, else as the browser is set. */
  get #language() {
    const page = /** @type {HTMLElement | null} */ (this.closest('[lang]'))?.lang || navigator.language;
    const wanted = [this.#chosenLanguage(), this.getAttribute('language'), page];
    return wanted.map((tag) => (tag ?? '').toLowerCase().split('-')[0]).find((tag) => tag in LANGUAGES) ?? 'en';
  }

  /** @returns {string | undefined} */

  #chosenLanguage() {
    const memory = this.#memory('options');
    const { language } = memory.read();
    memory.release();
    return language;
  }

  get #name() {
    return this.getAttribute('name') ?? this.panel.words.name;
  }

  #build() {
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const language = this.#language;
    const words = WORDS[language];
    this.panel = new Panel(this.#setup(language, words));
    const content = this.#isFloating ? this.#float(words) : [make('section', { 'aria-labelledby': 'title' }, this.panel.node)];
    if (!SCRIPT && !this.hasAttribute('server')) {
      const mend = 'Load it by its own address, or name the server in the attribute "server".';
      console.error(`<trialog-chat>: the script does not know its server. ${mend}`);
    }
    const about = { class: 'root', lang: language, dir: words.direction, 'data-channel': this.#isKiosk ? 'kiosk' : 'web' };
    this.root = make('div', { ...about, onkeydown: (event) => this.#key(event) }, ...content, this.panel.passage.node);
    addStyle(shadow, this.#server);
    shadow.append(this.root);
  }

  /**
   * @param {string} language
   * @param {Words} words
   * @returns {import('./panel.js').Setup}
   */
  #setup(language, words) {
    const [isFloating, isKiosk] = [this.#isFloating, this.#isKiosk];
    return {
      server: new Server(this.#server, this.#opening), memory: this.#memory(), choices: this.#memory('options'), words, language,
      name: this.getAttribute('name') ?? words.name, ownContact: contactOf(this), staff: this.getAttribute('staff') ?? words.staff,
      speakIn: (chosen) => this.#speakIn(chosen), tell: (name, detail) => this.#tell(name, detail),
      isKiosk, printing: !isKiosk || this.hasAttribute('printing'),
      close: isFloating ? () => this.close() : null, reveal: isFloating ? () => this.#showWindow() : null,
    };
  }

  get #server() {
    return new URL(this.getAttribute('server') ?? '', SCRIPT ?? location.href).origin;
  }

  get #opening() {
    const [trial, country] = ['trial', 'country'].map((name) => this.getAttribute(name) ?? undefined);
    return { trial, country, channel: this.getAttribute('channel') ?? 'web' };
  }

  /**
   * What the page may count: that something happened, and of which kind; never what was said, nor what came out.
   * @param {string} name
   * @param {object} detail
   */
  #tell(name, detail = {}) {
    if (name === 'answered' && this.dialog && !this.#isOpen) this.#markUnread(true);
    this.dispatchEvent(new CustomEvent(`trialog-${name}`, { bubbles: true, detail }));
  }

  #memory(of = '') {
    return this.#isKiosk ? NO_MEMORY : new TabMemory([this.#server, this.getAttribute('trial'), this.id, of].join(' '));
  }

  /**
   * Who has closed the window while waiting is told that the reply is there.
   * @param {boolean} isNew
   */
  #markUnread(isNew) {
    this.launcher?.classList.toggle('unread', isNew);
    this.news.textContent = isNew ? this.panel.words.newReply : '';
  }

  /** @param {Words} words */
  #float(words) {
    this.dialog = make('dialog', { 'aria-labelledby': 'title', part: 'window', onclose: () => this.#closed() }, this.panel.node);
    const about = { type: 'button', class: 'launcher', part: 'launcher', 'aria-haspopup': 'dialog' };
    this.launcher = make('button', { ...about, onclick: () => this.open() }, icon(BUBBLE), this.getAttribute('name') ?? words.open);
    return [this.launcher, this.news, this.dialog];
  }

  #closed() {
    this.panel.reader.stop();
    this.#tell('left');
    if (!this.launcher) return;
    this.launcher.hidden = false;
    // Unless the family is being led to the page.
    if (this.panel.passage.node.hidden) this.launcher.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== 'Escape') return;
    if (this.panel.escape()) event.preventDefault();
    else this.close();
  }

  #watchTheme() {
    const queries = ['(prefers-contrast: more)', DARK].map((query) => matchMedia(query));
    const change = () => this.#setTheme();
    const page = new MutationObserver(change);
    for (const node of [document.documentElement, document.body]) page.observe(node, { attributes: true });
    queries.forEach((query) => query.addEventListener('change', change));
    this.#setTheme();
    return () => {
      page.disconnect();
      queries.forEach((query) => query.removeEventListener('change', change));
    };
  }

  /** light, dark or contrast: as the attribute says, else as the page around it is; more contrast where the family has set it. */
  #setTheme() {
    const named = this.getAttribute('theme');
    const isDark = named === 'device' ? matchMedia(DARK).matches : isOnDark(this);
    const wanted = matchMedia('(prefers-contrast: more)').matches ? 'contrast' : isDark ? 'dark' : 'light';
    this.root.dataset.theme = ['light', 'dark', 'contrast'].find((theme) => theme === named) ?? wanted;
  }

  /** A page view alone opens no conversation on the server: the chat must come into sight first. */
  #beginWhenSeen() {
    const observer = new IntersectionObserver((seen) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      this.panel.begin();
    });
    observer.observe(this);
    return () => observer.disconnect();
  }
}

/**
 * True where the nearest coloured ground below `node` is dark; a page without one is as bright as the browser makes it.
 * @param {Element} node
 */
function isOnDark(node) {
  for (let ground = node.parentElement; ground; ground = ground.parentElement) {
    const [red, green, blue, alpha = 1] = (getComputedStyle(ground).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
    if (alpha > 0.5) return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 100;
  }
  return matchMedia(DARK).matches && getComputedStyle(document.documentElement).colorScheme.includes('dark');
}

/**
 * A constructed style sheet needs no leave from a content security policy; older browsers load the file.
 * @param {ShadowRoot} shadow
 * @param {string} server
 */
function addStyle(shadow, server) {
  if ('adoptedStyleSheets' in Document.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
  } else {
    shadow.append(make('link', { rel: 'stylesheet', href: `${server}/static/chat/style.css` }));
  }
}

/** A browser that is too old for the chat: the page says so in place of an empty space, and keeps what its owner wrote there. */
function sayTooOld() {
  for (const chat of document.querySelectorAll('trialog-chat')) {
    if (!chat.firstElementChild) chat.append(make('p', {}, WORDS.en.tooOld));
  }
}

// A content management system may load the script twice.
if (!window.customElements || !Element.prototype.attachShadow) sayTooOld();
else if (!customElements.get('trialog-chat')) customElements.define('trialog-chat', TrialogChat);
