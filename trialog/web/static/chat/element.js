// <trialog-chat>: attributes in, the panel inside; see README.md for what a site can set.

import { make, icon } from './dom.js';
import { Panel } from './panel.js';
import { Server } from './server.js';
import { NO_MEMORY, TabMemory } from './tab_memory.js';

/** Where this script came from: the server to talk to, unless the page names another. */
const SCRIPT = document.currentScript?.src;

/** Below this width an open floating chat covers the page, so the page behind it must not take part. */
const NARROW = '(max-width: 40em), (max-height: 30em)';

/** The window is over its button by then, and a screen reader has heard where the focus went. */
const LAUNCHER_MS = 250;

const BUBBLE = 'M4 4h16v12H10l-5 4v-4H4z';

export class TrialogChat extends HTMLElement {
  static observedAttributes = ['name', 'theme'];

  connectedCallback() {
    if (!this.panel) this.#build();
    const unwatchTheme = this.#watchTheme();
    const unlisten = this.panel.listen();
    const unwatchSight = this.#isFloating || this.#isKiosk ? () => {} : this.#beginWhenSeen();
    this.stop = () => [unwatchTheme, unlisten, unwatchSight].forEach((stop) => stop());
  }

  disconnectedCallback() {
    this.stop();
    if (this.dialog?.open) this.dialog.close();
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

  /** Begin the conversation and come to it; `choice` is the title of a first suggestion to press. */
  async begin(choice) {
    this.panel.title.focus();
    await this.panel.begin();
    if (choice) this.panel.choose(choice);
  }

  /** Forget the conversation; resolves to whether the server did, too. */
  end() {
    return this.panel.end();
  }

  /** Open and close the floating chat. */
  open() {
    if (!this.dialog || this.dialog.open) return;
    if (matchMedia(NARROW).matches) this.dialog.showModal();
    else this.dialog.show();
    this.begin();
    // Not at once: Orca says nothing of the window when the button that had the focus goes in the same moment.
    setTimeout(() => { this.launcher.hidden = this.dialog.open; }, LAUNCHER_MS);
  }

  close() {
    this.dialog?.close();
  }

  get #isFloating() {
    return ['bottom-right', 'bottom-left'].includes(this.getAttribute('position'));
  }

  get #isKiosk() {
    return this.getAttribute('channel') === 'kiosk';
  }

  get #language() {
    const language = this.getAttribute('language') ?? 'en';
    return language in WORDS ? language : 'en';
  }

  get #name() {
    return this.getAttribute('name') ?? WORDS[this.#language].name;
  }

  #build() {
    const shadow = this.attachShadow({ mode: 'open' });
    const language = this.#language;
    this.panel = new Panel({
      server: new Server(this.#server, this.#opening), memory: this.#memory(), choices: this.#memory('options'), words: WORDS[language], language, name: this.#name,
      isKiosk: this.#isKiosk, printing: !this.#isKiosk || this.hasAttribute('printing'), close: this.#isFloating ? () => this.close() : null,
    });
    const content = this.#isFloating ? this.#float(WORDS[language]) : [make('section', { 'aria-labelledby': 'title' }, this.panel.node)];
    this.root = make('div', { class: 'root', lang: language, 'data-channel': this.#isKiosk ? 'kiosk' : 'web', onkeydown: (event) => this.#key(event) }, ...content);
    addStyle(shadow, this.#server);
    shadow.append(this.root);
  }

  get #server() {
    return new URL(this.getAttribute('server') ?? '', SCRIPT ?? location.href).origin;
  }

  get #opening() {
    const [trial, country] = ['trial', 'country'].map((name) => this.getAttribute(name) ?? undefined);
    return { trial, country, channel: this.getAttribute('channel') ?? 'web' };
  }

  #memory(of = '') {
    return this.#isKiosk ? NO_MEMORY : new TabMemory([this.#server, this.getAttribute('trial'), this.id, of].join(' '));
  }

  #float(words) {
    this.dialog = make('dialog', { 'aria-labelledby': 'title', onclose: () => this.#closed() }, this.panel.node);
    this.launcher = make('button', { type: 'button', class: 'launcher', 'aria-haspopup': 'dialog', onclick: () => this.open() },
      icon(BUBBLE), this.getAttribute('name') ?? words.open);
    return [this.launcher, this.dialog];
  }

  #closed() {
    this.panel.reader.stop();
    this.launcher.hidden = false;
    this.launcher.focus();
  }

  #key(event) {
    if (event.key !== 'Escape') return;
    if (this.panel.escape()) event.preventDefault();
    else this.close();
  }

  #watchTheme() {
    const queries = ['(prefers-contrast: more)', '(prefers-color-scheme: dark)'].map((query) => matchMedia(query));
    const change = () => this.#setTheme();
    queries.forEach((query) => query.addEventListener('change', change));
    this.#setTheme();
    return () => queries.forEach((query) => query.removeEventListener('change', change));
  }

  /** light, dark or contrast: as the page says, else as the family has set its device. */
  #setTheme() {
    const prefers = (query) => matchMedia(query).matches;
    const wanted = prefers('(prefers-contrast: more)') ? 'contrast' : prefers('(prefers-color-scheme: dark)') ? 'dark' : 'light';
    const named = this.getAttribute('theme');
    this.root.dataset.theme = ['light', 'dark', 'contrast'].includes(named) ? named : wanted;
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

/** A constructed style sheet needs no leave from a content security policy; older browsers load the file. */
function addStyle(shadow, server) {
  if ('adoptedStyleSheets' in Document.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
  } else {
    shadow.append(make('link', { rel: 'stylesheet', href: `${server}/static/chat/style.css` }));
  }
}

// A content management system may load the script twice.
if (!customElements.get('trialog-chat')) customElements.define('trialog-chat', TrialogChat);
