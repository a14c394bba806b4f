// Small helpers to build the page. Children that are strings become text nodes: nothing is ever read as HTML.

const SVG = 'http://www.w3.org/2000/svg';

/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes */

/**
 * An element. `attributes`: functions are listeners (`onclick`), true is an empty attribute, null and false are left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {(Node | string | null)[]} children null is left out
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : String(value));
  }
  if (tag === 'button' && !attributes.part) node.setAttribute('part', 'button');
  node.append(...present(children));
  return node;
}

/**
 * `list` without what is not there, or empty.
 * @template Item
 * @param {(Item | null | undefined | false | '')[]} list
 * @returns {Item[]}
 */
export function present(list) {
  return /** @type {Item[]} */ (list.filter((item) => Boolean(item)));
}

/**
 * Text for screen readers only.
 * @param {string} text
 */
export function hidden(text) {
  return make('span', { class: 'hidden' }, text);
}

/**
 * A picture of one path on a 24 by 24 grid, in the colour of the text; it says nothing to a screen reader.
 * @param {string} path
 */
export function icon(path) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of [['viewBox', '0 0 24 24'], ['aria-hidden', 'true'], ['focusable', 'false']]) svg.setAttribute(name, value);
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/**
 * `template` with its {names} filled in.
 * @param {string} template
 * @param {object} values
 * @returns {string}
 */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => /** @type {Record<string, any>} */ (values)[name] ?? whole);
}
