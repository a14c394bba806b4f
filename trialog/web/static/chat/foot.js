// Below an answer: listen to it, and whether it was clear.

import { make } from './dom.js';

const REASONS = ['hard_words', 'not_my_question', 'too_little'];

/** What the questionnaire says of itself has this topic, too: nobody is asked if that was clear. */
export const QUESTIONNAIRE = 'elig_start';

/**
 * @typedef {object} FootActions
 * @property {() => boolean} canRead
 * @property {(entry: FromAssistant, ended: () => void) => 'reading' | 'paused'} read
 * @property {(message: Message, isClear: boolean, reason?: string) => void} clear
 */

/**
 * The whole foot. `show` leads to the section on the page; of an older reply that stays, and the way to listen to it.
 * @param {FromAssistant} entry
 * @param {Words} words
 * @param {FootActions} actions
 * @param {HTMLElement | null} show
 */
export function foot(entry, words, actions, show) {
  const { message } = entry;
  const asks = ['answer', 'not_on_page'].includes(message.kind) && message.topic !== QUESTIONNAIRE;
  const listens = actions.canRead() ? listen(entry, words, actions) : null;
  return make('div', { class: 'foot' }, show, listens, asks ? clear(message, words, actions) : null);
}

/**
 * @param {string} title
 * @param {() => void} press
 * @param {string} name
 */
function quiet(title, press, name = '') {
  return make('button', { type: 'button', class: `choice quiet ${name}`.trim(), onclick: press }, title);
}

/**
 * One button that begins, pauses and goes on.
 * @param {FromAssistant} entry
 * @param {Words} words
 * @param {FootActions} actions
 */
function listen(entry, words, actions) {
  const button = quiet(words.listen, () => {
    const state = actions.read(entry, () => { button.textContent = words.listen; });
    button.textContent = { reading: words.pause, paused: words.goOnReading }[state];
  }, 'listen');
  return button;
}

/**
 * @param {Message} message
 * @param {Words} words
 * @param {FootActions} actions
 */
function clear(message, words, actions) {
  const place = make('div', { class: 'clear', role: 'group', 'aria-label': words.clear });
  /** @param {string} text @param {Node[]} buttons */
  const say = (text, ...buttons) => {
    const line = make('p', { tabindex: '-1' }, text);
    place.replaceChildren(line, ...buttons);
    line.focus();
  };
  /** @param {boolean} isClear @param {string} [reason] */
  const thank = (isClear, reason) => {
    actions.clear(message, isClear, reason);
    say(words.clearThanks);
  };
  const why = () => say(words.clearWhy, ...REASONS.map((reason, index) => quiet(words.clearReasons[index], () => thank(false, reason))));
  place.append(make('p', {}, words.clear), quiet(words.clearYes, () => thank(true)), quiet(words.clearNo, why));
  return place;
}
