// The menu: a way to a person, topics to ask about, text size, reading aloud, and what can be done with the conversation.

import { make } from './dom.js';

export class Menu {
  /**
   * `actions`: { speakIn(language), toggled(open), topics(), ask(button), contact(), resize(step), copy(), print(), delete() }, `topics` being a promise of groups;
   * `memory`: where what is chosen survives a reload; `whole` is false where the conversation is deleted otherwise (the kiosk).
   */
  constructor(words, reader, actions, memory, language, whole) {
    Object.assign(this, { words, reader, actions, memory, language, chosen: { size: 0, aloud: false, ...memory.read() } });
    if (this.chosen.aloud) reader.switch(true);
    this.button = make('button', {
      type: 'button', class: 'bar-button', 'aria-expanded': 'false', 'aria-controls': 'options', onclick: () => this.toggle(),
    }, words.options);
    this.aloud = this.#aloud();
    this.people = make('div', {});
    this.topics = make('div', { class: 'topics' });
    this.node = make('div', { id: 'options', class: 'options', role: 'group', 'aria-label': words.options, hidden: true },
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
    this.people.replaceChildren(...[this.actions.contact()].filter(Boolean));
    if (this.topics.firstChild) return;
    const groups = await this.actions.topics().catch(() => []);
    this.topics.replaceChildren(...groups.map((group) => this.#group(group)));
  }

  #group({ title, topics }) {
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

  #ask = null;

  #choose(change) {
    Object.assign(this.chosen, change);
    this.memory.write(this.chosen);
  }

  #sizes() {
    const { textSize, sizes } = this.words;
    const change = (size) => {
      this.#choose({ size });
      this.actions.resize(size);
    };
    const radios = sizes.map((name, size) => make('label', { class: 'pick' },
      make('input', { type: 'radio', name: 'size', value: size, checked: size === this.chosen.size, onchange: () => change(size) }), name));
    return make('fieldset', {}, make('legend', {}, textSize), make('div', { class: 'picks' }, ...radios));
  }

  #aloud() {
    const change = (event) => {
      this.#choose({ aloud: event.target.checked });
      this.reader.switch(this.chosen.aloud);
    };
    return make('label', { class: 'pick' },
      make('input', { type: 'checkbox', role: 'switch', checked: this.chosen.aloud, onchange: change }), this.words.readAloud);
  }

  /** Of the words around the replies; a list, because a family that reads none of them finds its own by sight. */
  #languages() {
    const options = Object.entries(LANGUAGES).map(([language, name]) =>
      make('option', { value: language, lang: language, selected: language === this.language }, name));
    const change = ({ target }) => {
      this.#choose({ language: target.value });
      this.actions.speakIn(target.value);
    };
    return make('label', { class: 'pick' }, this.words.language, make('select', { onchange: change }, ...options));
  }

  #conversation() {
    const { copy, print } = this.words;
    const button = (title, press) => make('button', { type: 'button', class: 'choice', onclick: press }, title);
    return make('div', { class: 'choices' }, button(copy, () => this.actions.copy()), button(print, () => this.actions.print()), this.#delete());
  }

  #delete() {
    const { delete: title, deleteSure, deleteYes, deleteNo } = this.words;
    const begin = make('button', { type: 'button', class: 'choice', onclick: () => this.#ask(true) }, title);
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

  #keep(begin) {
    this.#ask(false);
    begin.focus();
  }
}
