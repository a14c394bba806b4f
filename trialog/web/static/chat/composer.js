// The field for a question, its hint, and the button that sends it.

import { fill, icon, make } from './dom.js';

/** The server takes no more (docs/api.md). */
export const MAX_CHARACTERS = 2000;
/** From here on the family is told how much room is left. */
const COUNT_FROM = 1800;

/** The room left is told to screen readers when typing pauses for so long, not at every key. */
const PAUSE_MS = 1000;

const ARROW = 'M4 12h14M12 5l7 7-7 7';

/** What a key is called while an input method takes it; Safari says nothing else of it. */
const TAKEN_BY_INPUT_METHOD = 229;

export class Composer {
  shift = false;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  roomTimer = undefined;

  /**
   * @param {Words} words
   * @param {(text: string) => void} send called with a text that can be sent
   * @param {(text: string) => void} typed called whenever it changes
   */
  constructor(words, send, typed) {
    this.words = words;
    this.send = send;
    this.typed = typed;
    this.field = make('textarea', {
      id: 'field', part: 'field', rows: 1, autocomplete: 'off', enterkeyhint: 'send', 'aria-describedby': 'hint',
      oninput: () => this.#changed(), onkeydown: (event) => this.#key(event),
      onbeforeinput: (event) => this.#lineBreak(event),
    });
    this.label = make('label', { for: 'field' }, words.label);
    this.hint = make('p', { id: 'hint', class: 'hint' }, words.hint);
    this.room = make('p', { id: 'room', class: 'room' });
    this.roomSpoken = make('p', { id: 'room-spoken', class: 'hidden', 'aria-live': 'polite' });
    const button = make('button', { type: 'submit', class: 'send', part: 'send' }, make('span', {}, words.send), icon(ARROW));
    const about = { class: 'composer', part: 'composer', 'aria-labelledby': 'title' };
    this.node = make('form', { ...about, onsubmit: (event) => this.#submit(event) },
      make('div', { class: 'about' }, this.label, this.hint), make('div', { class: 'row' }, this.field, button),
      this.room, this.roomSpoken);
  }

  focus() {
    this.field.focus();
  }

  /**
   * Name the field by what is asked, and leave the hint where it has been followed; a phone shows its digits where they help.
   * @param {Entry[]} entries
   * @param {boolean} needsDigits
   */
  follow(entries, needsDigits) {
    const { label, answerLabel } = this.words;
    const asked = entries.filter(({ message }) => message).pop()?.message?.kind;
    const name = ['question', 'review'].includes(asked ?? '') ? answerLabel : label;
    if (this.label.textContent !== name) this.label.textContent = name;
    // A kiosk has keys of its own ("none").
    if (this.field.inputMode !== 'none') this.field.inputMode = needsDigits ? 'decimal' : 'text';
    this.hint.hidden = entries.some(({ from, chosen }) => from === 'family' || chosen);
    this.#describe();
  }

  /**
   * Put `text` before what is being typed.
   * @param {string} text
   */
  giveBack(text) {
    if (!text) return;
    this.field.value = [text, this.field.value].filter(Boolean).join('\n');
    this.#changed();
  }

  clear() {
    this.field.value = '';
    this.#changed();
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    this.focus();
    if (!text) this.#refuse(this.words.empty);
    else if (text.length > MAX_CHARACTERS) this.#refuse(this.#roomLeft(text));
    else {
      this.clear();
      this.send(text);
    }
  }

  /**
   * Enter sends. An input method takes Enter to choose a word: its `key` is the same, its `keyCode` is not.
   * @param {KeyboardEvent} event
   */
  #key(event) {
    this.shift = event.shiftKey;
    if (event.key === 'Enter' && !event.shiftKey && event.keyCode !== TAKEN_BY_INPUT_METHOD) this.#submit(event);
  }

  /**
   * The "send" key of a phone that is composing a word says nothing but that a line is to be broken.
   * @param {InputEvent} event
   */
  #lineBreak(event) {
    if (['insertLineBreak', 'insertParagraph'].includes(event.inputType) && !this.shift) this.#submit(event);
  }

  /** @param {string} reason */
  #refuse(reason) {
    this.room.textContent = reason;
    // Said also when it was said before.
    this.roomSpoken.replaceChildren();
    requestAnimationFrame(() => { this.roomSpoken.textContent = reason; });
  }

  /** @param {string} text */
  #roomLeft(text) {
    const { room, tooLong } = this.words;
    const left = MAX_CHARACTERS - text.length;
    return left < 0 ? fill(tooLong, { over: -left }) : left < MAX_CHARACTERS - COUNT_FROM ? fill(room, { left }) : '';
  }

  #changed() {
    const { value } = this.field;
    const isTooLong = value.trim().length > MAX_CHARACTERS;
    this.room.textContent = this.#roomLeft(value.trim());
    clearTimeout(this.roomTimer);
    this.roomTimer = setTimeout(() => { this.roomSpoken.textContent = this.room.textContent; }, PAUSE_MS);
    this.field.setAttribute('aria-invalid', String(isTooLong));
    this.#describe();
    this.typed(value);
  }

  /** Only what is told at a pause describes the field: Orca reads a description whenever it changes. */
  #describe() {
    const isTooLong = this.field.getAttribute('aria-invalid') === 'true';
    const ids = [!this.hint.hidden && 'hint', isTooLong && 'room-spoken'].filter(Boolean).join(' ');
    if (ids !== this.field.getAttribute('aria-describedby')) this.field.setAttribute('aria-describedby', ids);
  }
}
