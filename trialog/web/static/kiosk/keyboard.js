// A simple keyboard on the screen, for touch screens without one of their own: letters, or only the digits of an age.
'use strict';

const ROWS = {
  letters: ['qwertyuiop', 'asdfghjkl\'', 'zxcvbnm,.?'],
  numbers: ['1234567890'],
};

class ScreenKeyboard {
  /** Fills `place` with keys that type into what `field()` gives. */
  constructor(place, field) {
    this.place = place;
    this.field = field;
    // The field keeps the focus while keys are touched.
    place.addEventListener('pointerdown', (event) => event.preventDefault());
    this.lay('letters');
  }

  /** Lay the keys of `layout`: "letters" or "numbers". */
  lay(layout) {
    this.layout = layout;
    this.letters = [];
    const rows = ROWS[layout].map((row) => this.#row([...row].map((letter) => this.#letter(letter))));
    const other = layout === 'letters' ? this.#key('123', null, () => this.lay('numbers')) : this.#key('ABC', null, () => this.lay('letters'));
    this.shiftKey = layout === 'letters' ? this.#key('⇧ Shift', 'Shift', () => this.shift()) : null;
    const wide = [this.shiftKey, other, this.#key('Space', 'Space', () => this.#type(' ')),
      this.#key('⌫ Delete', 'Delete', () => this.delete()), this.#key('Send', 'Send', () => this.send())];
    this.place.replaceChildren(...rows, this.#row(wide.filter(Boolean)));
    this.shift(false);
  }

  shift(on = !this.shifted) {
    this.shifted = on;
    this.shiftKey?.setAttribute('aria-pressed', String(on));
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
    if (name === 'Space') key.className = 'space';
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
