// The part of the host page that a reply rests on: found by its sentences or its heading, marked, and left again.

import { icon, make } from './dom.js';

const HEADINGS = 'h1, h2, h3, h4, h5, h6';
const NO_TEXT = 'script, style, noscript, template, trialog-chat';
const MARK = 'trialog-source';
const LOOK = `::highlight(${MARK}) { background: #ffeb3b; color: #000000; }`;
/** Of the whole page, once it is needed. @type {CSSStyleSheet | null} */
let look = null;

const UP = 'M12 20V5M5 12l7-7 7 7';

/** A page may be set with other quotation marks and dashes than our copy of it. */
const ALIKE = [[/[‘’‚`´]/, "'"], [/[“”„«»]/, '"'], [/[‐-―−]/, '-'], [/\s/, ' ']];

/**
 * The heading of the page with these words, or null.
 * @param {string} section
 * @returns {HTMLElement | null}
 */
export function findHeading(section) {
  const headings = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(HEADINGS));
  return [...headings].find((heading) => plain(heading.textContent) === plain(section)) ?? null;
}

/**
 * The address at which the browser itself looks for these texts and marks them; it comes to the first that it finds.
 * @param {string} url
 * @param {string[]} texts
 */
export function addressOf(url, texts) {
  // A "-" would mean something there.
  const asked = texts.map((text) => `text=${encodeURIComponent(text).replace(/-/g, '%2D')}`);
  return asked.length ? `${url}${url.includes('#') ? '' : '#'}:~:${asked.join('&')}` : url;
}

/** @param {string | null} text */
function plain(text) {
  return [...text ?? ''].map(plainLetter).join('').replace(/ +/g, ' ').trim();
}

/** @param {string} letter */
function plainLetter(letter) {
  const [, as] = ALIKE.find(([kind]) => /** @type {RegExp} */ (kind).test(letter)) ?? [null, letter.toLowerCase()];
  return /** @type {string} */ (as).slice(0, 1);
}

/**
 * Where these sentences stand in the text of the page; those that do not are left out.
 * @param {string[]} sentences
 */
function findSentences(sentences) {
  const { text, places } = lettersOf(document.body);
  return sentences.map(plain).flatMap((sentence) => {
    const from = text.indexOf(sentence);
    if (!sentence || from < 0) return [];
    const range = document.createRange();
    const [last, at] = places[from + sentence.length - 1];
    range.setStart(...places[from]);
    range.setEnd(last, at + 1);
    return [range];
  });
}

/**
 * The text below `top` in one line, and where each of its letters stands.
 * @param {Node} top
 */
function lettersOf(top) {
  /** @type {[Text, number][]} */
  const places = [];
  let text = '';
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    if (node.parentElement?.closest(NO_TEXT)) continue;
    for (let at = 0; at < node.length; at += 1) {
      const letter = plainLetter(node.data[at]);
      if (letter === ' ' && text.endsWith(' ')) continue;
      text += letter;
      places.push([node, at]);
    }
  }
  return { text, places };
}

/**
 * From a heading to the next one as high, or to the end of what holds it.
 * @param {HTMLElement} heading
 */
function rangeOf(heading) {
  const range = document.createRange();
  const holder = /** @type {ParentNode & Node} */ (heading.parentNode);
  const next = [...holder.querySelectorAll(HEADINGS)].find((other) =>
    heading.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING && other.localName <= heading.localName);
  range.setStartBefore(heading);
  if (next) range.setEndBefore(next);
  else range.setEndAfter(/** @type {Node} */ (holder.lastChild));
  return range;
}

export class Passage {
  /**
   * @param {Words} words
   * @param {() => void} back called when the family has come back to the chat
   */
  constructor(words, back) {
    const press = () => {
      this.leave();
      back();
    };
    this.node = make('button', { type: 'button', class: 'launcher return', hidden: true, onclick: press }, icon(UP), words.backToChat);
  }

  /**
   * Come to `heading`, and mark the `sentences` where the page has them, else the whole section.
   * @param {HTMLElement} heading
   * @param {string[]} sentences
   */
  show(heading, sentences) {
    this.leave();
    const section = rangeOf(heading);
    const found = findSentences(sentences);
    const first = found.find((range) => section.isPointInRange(range.startContainer, range.startOffset));
    mark(found.length ? found : [section]);
    if (!heading.hasAttribute('tabindex')) heading.setAttribute('tabindex', '-1');
    (first?.startContainer.parentElement ?? heading).scrollIntoView({ block: 'center' });
    heading.focus({ preventScroll: true });
    this.node.hidden = false;
  }

  leave() {
    mark([]);
    this.node.hidden = true;
  }
}

/**
 * A mark of the browser's own: the page's nodes stay as they are. Browsers before 2023 only come to the heading.
 * @param {Range[]} ranges
 */
function mark(ranges) {
  if (!window.Highlight || !CSS.highlights) return;
  if (!ranges.length) {
    CSS.highlights.delete(MARK);
    return;
  }
  if (!look) {
    look = new CSSStyleSheet();
    look.replaceSync(LOOK);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, look];
  }
  CSS.highlights.set(MARK, new Highlight(...ranges));
}
