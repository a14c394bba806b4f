// Below the latest answer: listen to it, and whether it was clear.

import { make } from './dom.js';

const REASONS = ['hard_words', 'not_my_question', 'too_little'];

/** `actions`: { canRead(), read(entry), clear(message, isClear, reason) }; `show` leads to the section on the page. Of older replies only that stays. */
export function foot(entry, words, actions, show) {
  const { message } = entry;
  const asks = ['answer', 'not_on_page'].includes(message.kind) && !message.criterion;
  return make('div', { class: 'foot' }, show, actions.canRead() ? listen(entry, words, actions) : null, asks ? clear(message, words, actions) : null);
}

function quiet(title, press, attributes = {}) {
  return make('button', { type: 'button', class: 'choice quiet', onclick: press, ...attributes }, title);
}

/** One button that begins, pauses and goes on. */
function listen(entry, words, actions) {
  const button = quiet(words.listen, () => {
    const state = actions.read(entry, () => { button.textContent = words.listen; });
    button.textContent = { reading: words.pause, paused: words.goOnReading }[state];
  });
  return button;
}

function clear(message, words, actions) {
  const place = make('div', { class: 'clear', role: 'group', 'aria-label': words.clear });
  const thank = (isClear, reason) => {
    actions.clear(message, isClear, reason);
    place.replaceChildren(make('p', { tabindex: '-1' }, words.clearThanks));
    place.firstChild.focus();
  };
  const why = () => {
    place.replaceChildren(make('p', { tabindex: '-1' }, words.clearWhy), ...REASONS.map((reason, index) =>
      quiet(words.clearReasons[index], () => thank(false, reason))));
    place.firstChild.focus();
  };
  place.append(make('p', {}, words.clear), quiet(words.clearYes, () => thank(true)), quiet(words.clearNo, why));
  return place;
}
