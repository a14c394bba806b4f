// What a screen reader is told without being asked: each reply once, those of one turn in order, danger before anything else.

import { make } from './dom.js';

export class Voice {
  /** @type {{ parts: Part[], isUrgent: boolean }[]} */
  lines = [];

  constructor() {
    this.calm = make('div', { 'aria-live': 'polite' });
    this.urgent = make('div', { 'aria-live': 'assertive' });
    this.node = make('div', { class: 'hidden voice' }, this.calm, this.urgent);
  }

  /**
   * What is told at one time becomes one paragraph: screen readers were heard to read two that came at once in the wrong order.
   * @param {Part[]} parts
   * @param {boolean} isUrgent
   */
  tell(parts, isUrgent) {
    if (!this.lines.length) queueMicrotask(() => this.#speak());
    this.lines.push({ parts, isUrgent });
  }

  /** What was spoken need not be found again by a screen reader that walks the page. */
  clear() {
    this.lines = [];
    for (const region of [this.calm, this.urgent]) region.replaceChildren();
  }

  #speak() {
    if (!this.lines.length) return;
    const region = this.lines.some(({ isUrgent }) => isUrgent) ? this.urgent : this.calm;
    const parts = this.lines.flatMap((line) => line.parts);
    this.lines = [];
    region.append(make('p', {}, ...parts.flatMap(({ text, language }) => [make('span', { lang: language ?? null }, text), ' '])));
  }
}
