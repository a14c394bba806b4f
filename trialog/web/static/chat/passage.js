// The section of the host page that a reply rests on: found by its heading, marked, and left again.

import { icon, make } from './dom.js';

const HEADINGS = 'h1, h2, h3, h4, h5, h6';
const MARK = 'trialog-source';
const LOOK = `::highlight(${MARK}) { background: #ffeb3b; color: #000000; }`;
const UP = 'M12 20V5M5 12l7-7 7 7';

/** The heading of the page with these words, or null. */
export function findHeading(section) {
  const plain = (text) => text.replace(/\s+/g, ' ').trim().toLowerCase();
  return [...document.querySelectorAll(HEADINGS)].find((heading) => plain(heading.textContent) === plain(section)) ?? null;
}

/** From a heading to the next one as high, or to the end of what holds it. */
function rangeOf(heading) {
  const range = document.createRange();
  const next = [...heading.parentNode.querySelectorAll(HEADINGS)].find((other) =>
    heading.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING && other.localName <= heading.localName);
  range.setStartBefore(heading);
  if (next) range.setEndBefore(next);
  else range.setEndAfter(heading.parentNode.lastChild);
  return range;
}

export class Passage {
  /** `back()` is called when the family has come back to the chat. */
  constructor(words, back) {
    this.node = make('button', { type: 'button', class: 'launcher return', hidden: true, onclick: () => { this.leave(); back(); } },
      icon(UP), words.backToChat);
  }

  show(heading) {
    this.leave();
    mark([rangeOf(heading)]);
    if (!heading.hasAttribute('tabindex')) heading.setAttribute('tabindex', '-1');
    heading.scrollIntoView({ block: 'center' });
    heading.focus({ preventScroll: true });
    this.node.hidden = false;
  }

  leave() {
    mark([]);
    this.node.hidden = true;
  }
}

/** A mark of the browser's own: the page's nodes stay as they are. Browsers before 2023 only come to the heading. */
function mark(ranges) {
  if (!window.Highlight || !CSS.highlights) return;
  if (!ranges.length) {
    CSS.highlights.delete(MARK);
    return;
  }
  if (!CSS.highlights.has(MARK)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  CSS.highlights.set(MARK, new Highlight(...ranges));
}
