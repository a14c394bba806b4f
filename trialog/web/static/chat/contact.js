// The way to a person: how the hospital itself can be reached, as its operator or the page says it.

import { fill, make, present } from './dom.js';

/** @type {(keyof Contact)[]} */
const FIELDS = ['name', 'phone', 'hours', 'text', 'page'];

/** Topics whose reply sends the family to people. */
const TO_PEOPLE = ['emergency', 'crisis', 'human_handoff', 'contact'];

/**
 * What the element's attributes (`contact-phone`, ...) say; they win over what the server says.
 * @param {Element} element
 * @returns {Contact}
 */
export function contactOf(element) {
  const given = FIELDS.map((field) => [field, element.getAttribute(`contact-${field}`)]);
  return Object.fromEntries(given.filter(([, value]) => value));
}

/**
 * True where `message` is one that should not leave a family alone with a machine.
 * @param {Message} message
 */
export function needsPeople({ kind, topic }) {
  return kind === 'result' || TO_PEOPLE.includes(topic ?? '');
}

/**
 * The card, or null where nobody is named; `linksOut` is false where nothing may lead out.
 * @param {Contact} contact
 * @param {{ words: Words, heading: 'h2' | 'h3' | 'h4', linksOut: boolean }} look
 */
export function contactCard(contact, { words, heading, linksOut }) {
  const { name, phone, hours, text, page } = contact;
  if (!FIELDS.some((field) => contact[field])) return null;
  const lines = present([name && make('b', {}, name), phone && call(phone, words, linksOut), hours, text]);
  const isWeb = linksOut && /^https?:/.test(page ?? '');
  const address = { href: page, target: '_blank', rel: 'noopener noreferrer' };
  const link = isWeb ? make('p', {}, make('a', address, `${words.contactPage} (${words.newWindow})`)) : null;
  return make('div', { class: 'contact', part: 'contact' }, make(heading, { class: 'who' }, words.contactTitle),
    ...lines.map((line) => make('p', { dir: 'auto' }, line)), link);
}

/**
 * The number; one tap calls it, where anything may lead out.
 * @param {string} phone
 * @param {Words} words
 * @param {boolean} linksOut
 */
function call(phone, words, linksOut) {
  return linksOut ? make('a', { href: `tel:${phone.replace(/[^+\d]/g, '')}` }, fill(words.contactCall, { phone })) : make('b', {}, phone);
}

/**
 * The card for the ear.
 * @param {Contact} contact
 * @param {Words} words
 */
export function contactSpoken(contact, words) {
  const said = present([contact.name, contact.phone, contact.hours, contact.text]);
  return said.length ? `${words.contactTitle}: ${said.join(words.between)}.` : '';
}
