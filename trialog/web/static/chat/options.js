// The options: text size, reading aloud, copying and deleting the conversation.

import { make } from './dom.js';

export class Options {
  /**
   * `actions`: { resize(step), copy(), delete() }; `memory`: where what is chosen survives a reload;
   * `whole` is false where only size and voice are offered (the kiosk).
   */
  constructor(words, reader, actions, memory, whole) {
    Object.assign(this, { words, reader, actions, memory, chosen: { size: 0, aloud: false, ...memory.read() } });
    if (this.chosen.aloud) reader.switch(true);
    this.button = make('button', {
      type: 'button', class: 'bar-button', 'aria-expanded': 'false', 'aria-controls': 'options', onclick: () => this.toggle(),
    }, words.options);
    this.aloud = this.#aloud();
    this.node = make('div', { id: 'options', class: 'options', hidden: true },
      this.#sizes(), this.aloud, ...(whole ? [this.#copy(), this.#delete()] : []));
    this.showVoice();
  }

  get isOpen() {
    return !this.node.hidden;
  }

  toggle(open = !this.isOpen) {
    this.node.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    if (!open) this.#ask?.(false);
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

  #copy() {
    return make('button', { type: 'button', class: 'choice', onclick: () => this.actions.copy() }, this.words.copy);
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
