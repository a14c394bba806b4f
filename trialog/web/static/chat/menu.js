// The menu: a way to a person, topics to ask about, text size, reading aloud, and what can be done with the conversation.

import { make, present } from './dom.js';

/**
 * @typedef {object} MenuActions
 * @property {(language: string) => void} speakIn
 * @property {(open: boolean) => void} toggled
 * @property {() => Promise<Topics[]>} topics
 * @property {(topic: Button) => void} ask
 * @property {() => Node | null} contact
 * @property {() => Node | null} sheet
 * @property {(step: number) => void} resize
 * @property {() => void} copy
 * @property {() => void} print
 * @property {() => void} delete
 */

export class Menu {
  /** Shows or hides the question whether to delete. @type {((asking: boolean) => void) | null} */
  #ask = null;

  /**
   * @param {Words} words
   * @param {import('./reader.js').Reader} reader
   * @param {MenuActions} actions
   * @param {Memory} memory where what is chosen survives a reload
   * @param {string} language
   * @param {boolean} whole false where the conversation is deleted otherwise (the kiosk)
   */
  constructor(words, reader, actions, memory, language, whole) {
    this.words = words;
    this.reader = reader;
    this.actions = actions;
    this.memory = memory;
    this.language = language;
    /** @type {{ size: number, aloud: boolean, language?: string }} */
    this.chosen = { size: 0, aloud: false, ...memory.read() };
    if (this.chosen.aloud) reader.switch(true);
    this.button = make('button', {
      type: 'button', class: 'bar-button', 'aria-expanded': 'false', 'aria-controls': 'options', onclick: () => this.toggle(),
    }, words.options);
    this.aloud = this.#aloud();
    this.people = make('div', {});
    this.topics = make('div', { class: 'topics' });
    this.sheet = make('div', {});
    this.node = make('div', { id: 'options', class: 'options', part: 'menu', role: 'group', 'aria-label': words.options, hidden: true },
      this.people, this.topics, this.#sizes(), this.aloud, ...(whole ? [this.#languages(), this.#conversation()] : []));
    this.showVoice();
  }

  get isOpen() {
    return !this.node.hidden;
  }

  toggle(open = !this.isOpen) {
    this.node.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    this.actions.toggled(open);
    if (open) this.#fill();
    else this.#ask?.(false);
  }

  /** What the server says comes when it is first asked for. */
  async #fill() {
    this.node.scrollTop = 0;
    this.people.replaceChildren(...present([this.actions.contact()]));
    this.sheet.replaceChildren(...present([this.actions.sheet()]));
    if (this.topics.firstChild) return;
    const groups = await this.actions.topics().catch(() => []);
    this.topics.replaceChildren(...groups.map((group) => this.#group(group)));
  }

  /** @param {Topics} group */
  #group({ title, topics }) {
    /** @param {Button} topic */
    const press = (topic) => {
      this.toggle(false);
      this.actions.ask(topic);
    };
    const buttons = topics.map((topic) => make('button', { type: 'button', class: 'choice', onclick: () => press(topic) }, topic.title));
    return make('details', {}, make('summary', {}, title), make('div', { class: 'choices' }, ...buttons));
  }

  /** Reading aloud is offered where the device has a voice of its own. */
  showVoice() {
    this.aloud.hidden = !this.reader.voice;
  }

  /** @param {Partial<Menu['chosen']>} change */
  #choose(change) {
    Object.assign(this.chosen, change);
    this.memory.write(this.chosen);
  }

  #sizes() {
    const { textSize, sizes } = this.words;
    /** @param {number} size */
    const change = (size) => {
      this.#choose({ size });
      this.actions.resize(size);
    };
    const radios = sizes.map((name, size) => make('label', { class: 'pick' },
      make('input', { type: 'radio', name: 'size', value: size, checked: size === this.chosen.size, onchange: () => change(size) }), name));
    return make('fieldset', {}, make('legend', {}, textSize), make('div', { class: 'picks' }, ...radios));
  }

  #aloud() {
    /** @param {{ target: HTMLInputElement }} event */
    const change = ({ target }) => {
      this.#choose({ aloud: target.checked });
      this.reader.switch(this.chosen.aloud);
    };
    return make('label', { class: 'pick' },
      make('input', { type: 'checkbox', role: 'switch', checked: this.chosen.aloud, onchange: change }), this.words.readAloud);
  }

  /** Of the words around the replies; a list, because a family that reads none of them finds its own by sight. */
  #languages() {
    const options = Object.entries(LANGUAGES).map(([language, name]) =>
      make('option', { value: language, lang: language, selected: language === this.language }, name));
    /** @param {{ target: HTMLSelectElement }} event */
    const change = ({ target }) => {
      this.#choose({ language: target.value });
      this.actions.speakIn(target.value);
    };
    return make('label', { class: 'pick' }, this.words.language, make('select', { onchange: change }, ...options));
  }

  #conversation() {
    const { copy, print } = this.words;
    /** @param {string} title @param {() => void} press */
    const button = (title, press) => make('button', { type: 'button', class: 'choice', onclick: press }, title);
    const [copies, prints] = [button(copy, () => this.actions.copy()), button(print, () => this.actions.print())];
    return make('div', { class: 'choices' }, this.sheet, copies, prints, this.#delete());
  }

  #delete() {
    const { delete: title, deleteSure, deleteYes, deleteNo } = this.words;
    const begin = make('button', { type: 'button', class: 'choice', onclick: () => this.#ask?.(true) }, title);
    const no = make('button', { type: 'button', class: 'choice', onclick: () => this.#keep(begin) }, deleteNo);
    const yes = make('button', { type: 'button', class: 'choice danger', onclick: () => this.actions.delete() }, deleteYes);
    const sure = make('div', { class: 'sure', role: 'group', 'aria-labelledby': 'sure', hidden: true },
      make('p', { id: 'sure' }, deleteSure), make('div', { class: 'choices' }, yes, no));
    this.#ask = (asking) => {
      begin.hidden = asking;
      sure.hidden = !asking;
      if (asking) no.focus();
    };
    return make('div', { class: 'delete' }, begin, sure);
  }

  /** @param {HTMLElement} begin */
  #keep(begin) {
    this.#ask?.(false);
    begin.focus();
  }
}
