// A simple keyboard on the screen, for touch screens without one of their own: letters, or only the digits of an age.
'use strict';

const ROWS = {
  letters: ['qwertyuiop', 'asdfghjkl\'', 'zxcvbnm,.?'],
  numbers: ['1234567890'],
};

class ScreenKeyboard {
  /** @type {HTMLElement[]} */
  letters = [];

  /** @type {HTMLElement | null} */
  shiftKey = null;

  shifted = false;

  /**
   * Fills `place` with keys that type into what `field()` gives.
   * @param {HTMLElement} place
   * @param {() => HTMLTextAreaElement | undefined} field
   */
  constructor(place, field) {
    this.place = place;
    this.field = field;
    // The field keeps the focus while keys are touched.
    place.addEventListener('pointerdown', (event) => event.preventDefault());
    this.lay('letters');
  }

  /**
   * Lay the keys of `layout`.
   * @param {'letters' | 'numbers'} layout
   */
  lay(layout) {
    this.layout = layout;
    this.letters = [];
    const rows = ROWS[layout].map((row) => this.#row([...row].map((letter) => this.#letter(letter))));
    const next = layout === 'letters' ? 'numbers' : 'letters';
    const other = this.#key(layout === 'letters' ? '123' : 'ABC', null, () => this.lay(next));
    this.shiftKey = layout === 'letters' ? this.#key('⇧ Shift', 'Shift', () => this.shift()) : null;
    const wide = [...(this.shiftKey ? [this.shiftKey] : []), other, this.#key('Space', 'Space', () => this.#type(' ')),
      this.#key('⌫ Delete', 'Delete', () => this.delete()), this.#key('Send', 'Send', () => this.send())];
    this.place.replaceChildren(...rows, this.#row(wide));
    this.shift(false);
  }

  shift(on = !this.shifted) {
    this.shifted = on;
    this.shiftKey?.setAttribute('aria-pressed', String(on));
    for (const key of this.letters) key.textContent = (on ? key.dataset.letter?.toUpperCase() : key.dataset.letter) ?? '';
  }

  delete() {
    const field = this.field();
    if (!field) return;
    const from = field.selectionStart === field.selectionEnd ? Math.max(0, field.selectionStart - 1) : field.selectionStart;
    this.#put('', from);
  }

  send() {
    this.field()?.form?.dispatchEvent(new SubmitEvent('submit', { cancelable: true, bubbles: true }));
  }

  /** @param {string} text */
  #type(text) {
    this.#put(text, this.field()?.selectionStart ?? 0);
    if (this.shifted) this.shift(false);
  }

  /**
   * @param {string} text
   * @param {number} from
   */
  #put(text, from) {
    const field = this.field();
    if (!field) return;
    field.setRangeText(text, from, field.selectionEnd, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }

  /** @param {string} letter */
  #letter(letter) {
    /** @type {HTMLElement} */
    const key = this.#key(letter, null, () => this.#type(key.textContent ?? ''));
    key.dataset.letter = letter;
    this.letters.push(key);
    return key;
  }

  /**
   * @param {string} shown
   * @param {string | null} name what it is called, where that is not what it shows
   * @param {() => void} press
   */
  #key(shown, name, press) {
    const key = document.createElement('button');
    key.type = 'button';
    key.textContent = shown;
    if (name) key.setAttribute('aria-label', name);
    if (name === 'Space') key.className = 'space';
    key.addEventListener('click', press);
    return key;
  }

  /** @param {HTMLElement[]} keys */
  #row(keys) {
    const row = document.createElement('div');
    row.className = 'keys';
    row.append(...keys);
    return row;
  }
}
