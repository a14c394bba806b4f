// Small helpers to build the page. Children that are strings become text nodes: nothing is ever read as HTML.

const SVG = 'http://www.w3.org/2000/svg';

/** An element. `attributes`: functions are listeners (`onclick`), true is an empty attribute, null and false are left out. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  if (tag === 'button') node.part = attributes.part ?? 'button';
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Text for screen readers only. */
export function hidden(text) {
  return make('span', { class: 'hidden' }, text);
}

/** A picture of one path on a 24 by 24 grid, in the colour of the text; it says nothing to a screen reader. */
export function icon(path) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of [['viewBox', '0 0 24 24'], ['aria-hidden', 'true'], ['focusable', 'false']]) svg.setAttribute(name, value);
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** `template` with its {names} filled in. */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
