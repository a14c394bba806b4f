// The way to a person: how the hospital itself can be reached, as its operator or the page says it.

import { fill, make } from './dom.js';

const FIELDS = ['name', 'phone', 'hours', 'text', 'page'];

/** Topics whose reply sends the family to people. */
const TO_PEOPLE = ['emergency', 'crisis', 'human_handoff', 'contact'];

/** What the element's attributes (`contact-phone`, ...) say; they win over what the server says. */
export function contactOf(element) {
  const given = FIELDS.map((field) => [field, element.getAttribute(`contact-${field}`)]);
  return Object.fromEntries(given.filter(([, value]) => value));
}

/** True where `message` is one that should not leave a family alone with a machine. */
export function needsPeople({ kind, topic }) {
  return kind === 'result' || TO_PEOPLE.includes(topic);
}

/** The card, or null where nobody is named; `linksOut` is false where nothing may lead out. */
export function contactCard(contact, { words, heading, linksOut }) {
  const { name, phone, hours, text, page } = contact;
  if (!FIELDS.some((field) => contact[field])) return null;
  const call = phone && (linksOut ? make('a', { href: `tel:${phone.replace(/[^+\d]/g, '')}` }, fill(words.contactCall, { phone })) : make('b', {}, phone));
  const isWeb = linksOut && /^https?:/.test(page ?? '');
  return make('div', { class: 'contact', part: 'contact' }, make(heading, { class: 'who' }, words.contactTitle),
    ...[name && make('b', {}, name), call, hours, text].filter(Boolean).map((line) => make('p', {}, line)),
    isWeb ? make('p', {}, make('a', { href: page, target: '_blank', rel: 'noopener noreferrer' }, `${words.contactPage} (${words.newWindow})`)) : null);
}

/** The card for the ear. */
export function contactSpoken(contact, words) {
  const said = [contact.name, contact.phone, contact.hours, contact.text].filter(Boolean);
  return said.length ? `${words.contactTitle}: ${said.join(', ')}.` : '';
}
