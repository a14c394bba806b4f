// The options: text size, reading aloud, copying and deleting the conversation.

import { make } from './dom.js';

export class Options {
  /** `actions`: { resize(step), copy(), delete() }; `whole` is false where only size and voice are offered (the kiosk). */
  constructor(words, reader, actions, whole) {
    Object.assign(this, { words, reader, actions });
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

  #sizes() {
    const { textSize, sizes } = this.words;
    const radios = sizes.map((size, step) => make('label', { class: 'pick' },
      make('input', { type: 'radio', name: 'size', value: step, checked: step === 0, onchange: () => this.actions.resize(step) }), size));
    return make('fieldset', {}, make('legend', {}, textSize), make('div', { class: 'picks' }, ...radios));
  }

  #aloud() {
    const change = (event) => this.reader.switch(event.target.checked);
    return make('label', { class: 'pick' }, make('input', { type: 'checkbox', role: 'switch', onchange: change }), this.words.readAloud);
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
