// The field for a question, its hint, and the button that sends it.

import { fill, icon, make } from './dom.js';

/** The server takes no more (docs/api.md). */
const MAX_CHARACTERS = 2000;
/** From here on the family is told how much room is left. */
const COUNT_FROM = 1800;

/** The room left is told to screen readers when typing pauses for so long, not at every key. */
const PAUSE_MS = 1000;

const ARROW = 'M4 12h14M12 5l7 7-7 7';

export class Composer {
  /** `send(text)` is called with a text that can be sent; `typed(text)` whenever it changes. */
  constructor(words, send, typed) {
    Object.assign(this, { words, send, typed });
    this.field = make('textarea', {
      id: 'field', rows: 1, autocomplete: 'off', enterkeyhint: 'send', 'aria-describedby': 'hint',
      oninput: () => this.#changed(), onkeydown: (event) => this.#key(event),
    });
    this.room = make('p', { id: 'room', class: 'room' });
    this.roomSpoken = make('p', { id: 'room-spoken', class: 'hidden', 'aria-live': 'polite' });
    const button = make('button', { type: 'submit', class: 'send' }, make('span', {}, words.send), icon(ARROW));
    this.node = make('form', { class: 'composer', onsubmit: (event) => this.#submit(event) },
      make('label', { for: 'field' }, words.label), make('p', { id: 'hint', class: 'hint' }, words.hint),
      make('div', { class: 'row' }, this.field, button), this.room, this.roomSpoken);
  }

  focus() {
    this.field.focus();
  }

  /** Put `text` before what is being typed. */
  giveBack(text) {
    if (!text) return;
    this.field.value = [text, this.field.value].filter(Boolean).join('\n');
    this.#changed();
  }

  clear() {
    this.field.value = '';
    this.#changed();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    this.focus();
    if (!text || text.length > MAX_CHARACTERS) return;
    this.clear();
    this.send(text);
  }

  #key(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.#submit(event);
  }

  #changed() {
    const { value } = this.field;
    const { room, tooLong } = this.words;
    const left = MAX_CHARACTERS - value.trim().length;
    this.room.textContent = left < 0 ? fill(tooLong, { over: -left }) : left < MAX_CHARACTERS - COUNT_FROM ? fill(room, { left }) : '';
    clearTimeout(this.roomTimer);
    this.roomTimer = setTimeout(() => { this.roomSpoken.textContent = this.room.textContent; }, PAUSE_MS);
    // Only what is told at a pause describes the field: Orca reads a description whenever it changes.
    this.field.setAttribute('aria-describedby', left < 0 ? 'hint room-spoken' : 'hint');
    this.field.setAttribute('aria-invalid', String(left < 0));
    this.typed(value);
  }
}
