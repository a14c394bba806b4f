// A simple keyboard on the screen, for touch screens without one of their own.
'use strict';

const KEY_ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl\'', 'zxcvbnm,.?'];
const WIDE_KEYS = [
  { name: 'Shift', shown: '⇧ Shift', does: 'shift' },
  { name: 'Space', shown: 'Space', types: ' ' },
  { name: 'Delete', shown: '⌫ Delete', does: 'delete' },
  { name: 'Send', shown: 'Send', does: 'send' },
];

class ScreenKeyboard {
  /** Fills `place` with keys that type into what `field()` gives. */
  constructor(place, field) {
    this.field = field;
    this.letters = [];
    const rows = KEY_ROWS.map((row) => this.#row([...row].map((letter) => this.#letter(letter))));
    this.wide = WIDE_KEYS.map((key) => this.#key(key.shown, key.name, () => (key.types ? this.#type(key.types) : this[key.does]())));
    place.replaceChildren(...rows, this.#row(this.wide));
    // The field keeps the focus while keys are touched.
    place.addEventListener('pointerdown', (event) => event.preventDefault());
    this.shift(false);
  }

  shift(on = !this.shifted) {
    this.shifted = on;
    this.wide[0].setAttribute('aria-pressed', String(on));
    for (const key of this.letters) key.textContent = on ? key.dataset.letter.toUpperCase() : key.dataset.letter;
  }

  delete() {
    const field = this.field();
    const from = field.selectionStart === field.selectionEnd ? Math.max(0, field.selectionStart - 1) : field.selectionStart;
    this.#put('', from);
  }

  send() {
    this.field().form.dispatchEvent(new SubmitEvent('submit', { cancelable: true, bubbles: true }));
  }

  #type(text) {
    this.#put(text, this.field().selectionStart);
    if (this.shifted) this.shift(false);
  }

  #put(text, from) {
    const field = this.field();
    field.setRangeText(text, from, field.selectionEnd, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }

  #letter(letter) {
    const key = this.#key(letter, null, () => this.#type(key.textContent));
    key.dataset.letter = letter;
    this.letters.push(key);
    return key;
  }

  #key(shown, name, press) {
    const key = document.createElement('button');
    key.type = 'button';
    key.textContent = shown;
    if (name) key.setAttribute('aria-label', name);
    key.addEventListener('click', press);
    return key;
  }

  #row(keys) {
    const row = document.createElement('div');
    row.className = 'keys';
    row.append(...keys);
    return row;
  }
}
