// How one entry of the conversation looks: a reply, what the family said, or a notice.

import { contactCard, contactSpoken, needsPeople } from './contact.js';
import { fill, hidden, icon, make, present } from './dom.js';
import { QUESTIONNAIRE, foot } from './foot.js';
import { addressOf, findHeading } from './passage.js';
import { blocks, longDate, sentences } from './wording.js';

/** @type {Record<string, string>} */
const PICTURES = {
  page: 'M6 2h8l5 5v15H6zM13 3v5h5M9 12h7M9 16h7',
  fits: 'M4 13l5 5L20 6',
  does_not_fit: 'M5 12h14',
  not_known: 'M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.2.7-1.7 1.3-1.7 2.5M12 18v.5',
  safety: 'M12 3L2 21h20zM12 10v5M12 17.5v.5',
};

/** Topics of danger now. */
const DANGER = ['emergency', 'crisis'];

/** Kinds of replies whose words rest on a page. */
const FROM_A_PAGE = ['answer', 'not_on_page', 'safety', 'result'];

/** Of a reply that does not say another one, whatever the language of the words around it. */
const REPLY_LANGUAGE = 'en';

/** What is asked, among what is told with it. */
const ASKED = /([^.?!\n]+\?)/;

/** Telephone numbers as content/general/help_lines.yml and the operator write them. */
const TELEPHONE = /(\+?\d[\d ()/-]+\d)/;

/**
 * @typedef {object} EntryActions
 * @property {(entry: FromAssistant, button: Button) => void} press
 * @property {() => void} retry
 * @property {() => void} begin
 * @property {boolean} linksOut false where nothing may lead out of the page
 * @property {boolean} printing
 * @property {() => Contact} contact
 * @property {(heading: HTMLElement, topic: string, button: HTMLElement) => void} show
 * @property {(topic: string) => Promise<string[]>} passages
 * @property {'h2' | 'h3'} heading
 * @property {string | null} staff what stands first in danger, where staff are near
 */

export class EntryView {
  /**
   * @param {Words} words
   * @param {string} language
   * @param {EntryActions & import('./foot.js').FootActions} actions
   * @param {(ending?: string) => string} sheet its address
   */
  constructor(words, language, actions, sheet) {
    this.words = words;
    this.language = language;
    this.actions = actions;
    this.sheet = sheet;
  }

  /**
   * @param {Entry} entry
   * @returns {HTMLElement}
   */
  build(entry) {
    if (entry.from === 'assistant') return this.#reply(entry);
    return entry.from === 'family' ? this.#family(entry) : this.#notice(entry);
  }

  /**
   * Bring what can change up to date: buttons that were used, text that is not sent.
   * @param {HTMLElement} node
   * @param {Entry} entry
   * @param {boolean} failing
   */
  update(node, entry, failing) {
    const buttons = /** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll('button[data-title]'));
    for (const button of buttons) this.#updateButton(button, entry);
    const state = /** @type {HTMLElement | null} */ (node.querySelector('.state'));
    if (state) state.hidden = !(entry.from === 'family' && entry.waiting && failing);
  }

  /**
   * The conversation as plain text, with the sources of its answers.
   * @param {Entry[]} entries
   */
  asText(entries) {
    const { assistantSays, youSaid } = this.words;
    return entries.flatMap((entry) => {
      if (entry.from === 'notice') return [];
      if (entry.from === 'family') return [`${youSaid}: ${entry.text}`];
      const { message, chosen } = entry;
      const said = present([`${assistantSays}: ${message.text}`, this.#sourceLine(message)]).join('\n');
      return chosen ? [said, `${youSaid}: ${chosen}`] : [said];
    }).join('\n\n');
  }

  /**
   * The entry as it is spoken, in parts only where a part is in another language.
   * @param {Entry} entry
   * @returns {Part[]}
   */
  asSpoken(entry) {
    if (entry.from === 'family') return [{ text: entry.text }];
    if (entry.from === 'notice') {
      const offered = entry.action && this.#choices([this.#offer(entry.action)[0]]);
      return [{ text: present([entry.text, offered]).join(' ') }];
    }
    const { message } = entry;
    const { language, progress, kind } = message;
    const heading = `${this.#heading(message)}${progress ? '.' : ':'}`;
    const before = this.#staffNeeded(message) ? `${heading} ${this.actions.staff}` : heading;
    const people = needsPeople(message) ? contactSpoken(this.actions.contact(), this.words) : '';
    const after = present([people, this.#choices(this.#titles(message))]).join(' ');
    const told = sentences(kind === 'result' ? this.#withoutPoints(message.text) : message.text);
    const parts = [{ text: before }, { text: told, language }, { text: after }];
    const said = parts.filter((part) => part.text);
    return language ? said : [{ text: said.map((part) => part.text).join(' ') }];
  }

  /**
   * A result is long: its points are named, and stand in a list to go through.
   * @param {string} text
   */
  #withoutPoints(text) {
    const parts = blocks(text);
    const points = parts.find(({ isList }) => isList);
    return parts.map((part) => (part === points ? this.words.pointsListed : part.lines.join('\n'))).join('\n');
  }

  /**
   * What can be pressed in a reply, in its order on the page.
   * @param {Message} message
   */
  #titles({ kind, buttons }) {
    const { sheetPrint, sheetSave } = this.words;
    const links = kind === 'result' && this.actions.printing ? [sheetPrint, sheetSave] : [];
    return [...links, ...(buttons ?? []).map((button) => button.title)];
  }

  /** @param {string[]} titles */
  #choices(titles) {
    return titles.length ? fill(this.words.choices, { titles: titles.join(this.words.between) }) : '';
  }

  /**
   * What a notice offers to press.
   * @param {'retry' | 'begin'} action
   * @returns {[string, () => void]}
   */
  #offer(action) {
    return action === 'retry' ? [this.words.retry, this.actions.retry] : [this.words.startAgain, this.actions.begin];
  }

  /** @param {FromFamily} entry */
  #family({ text }) {
    const { youSaid, notSent } = this.words;
    const said = make(this.actions.heading, { class: 'text' }, hidden(`${youSaid}: `), make('bdi', {}, text));
    return make('article', { class: 'entry family', part: 'message' }, said, make('p', { class: 'state', hidden: true }, notSent));
  }

  /** @param {Notice} entry */
  #notice({ text, action }) {
    const offer = action && this.#offer(action);
    const button = offer ? make('button', { type: 'button', class: 'choice', onclick: offer[1] }, offer[0]) : null;
    return make('article', { class: 'entry notice', part: 'notice' }, make('p', { class: 'text' }, text), button);
  }

  /** @param {FromAssistant} entry */
  #reply(entry) {
    const { message } = entry;
    const isUrgent = message.kind === 'safety';
    const parts = [
      make(this.actions.heading, { class: 'who' }, isUrgent ? icon(PICTURES.safety) : null, this.#heading(message)),
      this.#progress(message.progress),
      this.#tellStaff(message),
      this.#call(message),
      ...this.#blocks(entry),
      this.#source(message),
      message.kind === 'result' ? this.#sheetLinks() : null,
      needsPeople(message) ? this.contactCard() : null,
      this.#buttons(entry),
      foot(entry, this.words, this.actions, this.#onThisPage(message)),
    ];
    return make('article', { class: `entry assistant ${message.kind}`, part: 'reply' }, ...parts);
  }

  /**
   * How to reach people; null where nobody is named.
   * @param {'h2' | 'h3' | 'h4'} heading
   */
  contactCard(heading = this.#subheading) {
    return contactCard(this.actions.contact(), { words: this.words, heading, linksOut: this.actions.linksOut });
  }

  /** @returns {'h3' | 'h4'} */
  get #subheading() {
    return this.actions.heading === 'h2' ? 'h3' : 'h4';
  }

  /**
   * What a reply is called, for the eye and for those who go from heading to heading.
   * @param {Message} message
   */
  #heading({ kind, progress }) {
    const { headings, assistantSays, progress: step } = this.words;
    return progress ? fill(step, progress) : /** @type {Record<string, string>} */ (headings)[kind] ?? assistantSays;
  }

  /** @param {Message['progress']} progress */
  #progress(progress) {
    if (!progress) return null;
    const name = fill(this.words.progress, progress);
    return make('progress', { class: 'progress', value: progress.step, max: progress.of, 'aria-label': name });
  }

  /**
   * Where staff are near, they come first.
   * @param {Message} message
   */
  #tellStaff(message) {
    return this.#staffNeeded(message) ? make('p', { class: 'text staff' }, this.actions.staff) : null;
  }

  /** @param {Message} message */
  #staffNeeded({ topic }) {
    return this.actions.staff !== null && DANGER.includes(topic ?? '');
  }

  /**
   * In danger the first number is a button, too, where a finger can press it: a hand that shakes misses a number in a line.
   * @param {Message} message
   */
  #call({ topic, text }) {
    const [phone] = (this.actions.linksOut && DANGER.includes(topic ?? '') && TELEPHONE.exec(text)) || [];
    return phone ? this.#number(phone, 'call', fill(this.words.contactCall, { phone })) : null;
  }

  /**
   * The text as paragraphs and lists; the first list of a review or result carries its criteria.
   * @param {FromAssistant} entry
   */
  #blocks(entry) {
    const criteria = [...(entry.message.criteria ?? [])];
    const lang = entry.message.language ?? REPLY_LANGUAGE;
    return blocks(entry.message.text).map(({ lines, isList }) => {
      const text = lines.join('\n');
      const isUrgent = entry.message.kind === 'safety';
      const told = isUrgent ? this.#callable(text) : entry.message.kind === 'question' ? asking(text) : [text];
      if (!isList) return make('p', { class: 'text', dir: 'auto', lang }, ...told);
      const items = lines.map((line) => this.#item(line, criteria.shift(), entry));
      const points = items.some((item) => item.childElementCount);
      return make('ul', { class: points ? 'points' : null, role: points ? 'list' : null, dir: 'auto', lang }, ...items);
    });
  }

  /**
   * `text` with its numbers to call: one tap on a phone; at a kiosk, where nothing leads out, they only stand out.
   * @param {string} text
   */
  #callable(text) {
    return text.split(TELEPHONE).map((part, index) => (index % 2 ? this.#number(part) : part));
  }

  /**
   * "(0)" and "/" mean more than digits: such a number is for people to read.
   * @param {string} found
   * @param {string | null} [look]
   */
  #number(found, look = null, shown = found) {
    const canCall = this.actions.linksOut && !/[()/]/.test(found);
    return canCall ? make('a', { class: look, href: `tel:${found.replace(/[ -]/g, '')}` }, shown) : make('b', {}, shown);
  }

  /**
   * @param {string} line
   * @param {Criterion | undefined} criterion
   * @param {FromAssistant} entry
   */
  #item(line, criterion, entry) {
    if (!criterion) return make('li', {}, line);
    const { title, answer, verdict, change } = criterion;
    const named = line.startsWith(`${title}:`);
    const says = named ? line.slice(title.length + 1) : line;
    const text = verdict ? this.#judged(says, answer, verdict) : [make('span', {}, says)];
    const name = named ? make('strong', {}, `${title}:`) : null;
    return make('li', {}, make('span', {}, name, ...text), change ? this.#changeButton(criterion, entry) : null);
  }

  /**
   * An answer, and below it what the page says to it; that begins with the verdict, which stands out.
   * @param {string} says
   * @param {string} answer
   * @param {string} verdict
   */
  #judged(says, answer, verdict) {
    const given = ` ${answer}. `;
    if (!says.startsWith(given)) return [says];
    const [, first, rest] = /^(.*?\.)?(.*)$/s.exec(says.slice(given.length)) ?? [];
    const strong = make('strong', { class: `verdict ${verdict}` }, icon(PICTURES[verdict] ?? PICTURES.not_known), first ?? '');
    return [` ${answer}`, make('span', { class: 'reason' }, strong, rest ?? '')];
  }

  /**
   * @param {Criterion} criterion
   * @param {FromAssistant} entry
   */
  #changeButton({ title, change = '' }, entry) {
    const { change: shown, changeOne } = this.words;
    const name = fill(changeOne, { title });
    const attributes = { type: 'button', class: 'link', 'data-title': name, 'aria-label': name };
    return this.#button(attributes, shown, { title: name, payload: change }, entry);
  }

  /** @param {FromAssistant} entry */
  #buttons(entry) {
    const { buttons = [], language, kind, text } = entry.message;
    if (!buttons.length) return null;
    const [asked = null] = (kind === 'question' && ASKED.exec(text)) || [];
    const group = { class: 'choices', role: asked && 'group', 'aria-label': asked?.trim() };
    const common = { type: 'button', lang: language ?? REPLY_LANGUAGE, dir: 'auto' };
    return make('div', group, ...buttons.map((button) =>
      this.#button({ ...common, class: `choice ${weight(button)}`, 'data-title': button.title }, button.title, button, entry)));
  }

  /**
   * @param {import('./dom.js').Attributes} attributes
   * @param {string} shown
   * @param {Button} button
   * @param {FromAssistant} entry
   */
  #button(attributes, shown, button, entry) {
    const press = () => entry.spent || this.actions.press(entry, button);
    return make('button', { ...attributes, onclick: press }, shown);
  }

  /**
   * The chosen button stays, says that it was chosen and keeps the focus; the others go.
   * @param {HTMLElement} button
   * @param {Entry} entry
   */
  #updateButton(button, { spent, chosen }) {
    if (!spent) return;
    const { title = '' } = button.dataset;
    button.hidden = title !== chosen;
    if (button.hidden || button.hasAttribute('aria-disabled')) return;
    button.textContent = fill(this.words.chose, { title });
    button.removeAttribute('aria-label');
    button.setAttribute('aria-disabled', 'true');
    button.classList.add('chosen');
  }

  /**
   * A question, the family's own answers, and what the questionnaire says of itself come from nobody's page.
   * @param {Message} message
   */
  #sourceLine({ source, topic, kind, criterion }) {
    const isOfItself = kind === 'answer' && topic === QUESTIONNAIRE && !criterion;
    if (!source || isOfItself || !FROM_A_PAGE.includes(kind)) return '';
    const { fromStudyPage, fromElsewhere, section, reviewed } = this.words;
    const where = topic?.startsWith('term:') ? fill(fromElsewhere, source) : fromStudyPage;
    const date = source.last_reviewed && fill(reviewed, { date: longDate(source.last_reviewed, this.language) });
    return present([where, source.section && fill(section, source), date]).join(this.words.between);
  }

  /** @param {Message} message */
  #source(message) {
    const line = this.#sourceLine(message);
    if (!line || !message.source) return null;
    const shown = this.#onThisPage(message) ? line : this.#elsewhere(message, line) ?? line;
    return make('p', { class: 'source' }, icon(PICTURES.page), shown);
  }

  /**
   * Where the chat stands on the study page itself, one tap leads to what the answer rests on.
   * @param {Message} message
   */
  #onThisPage(message) {
    const section = this.#sourceLine(message) && message.source?.section;
    const heading = section && this.actions.linksOut ? findHeading(section) : null;
    if (!heading) return null;
    const press = (/** @type {any} */ event) => this.actions.show(heading, message.topic ?? '', event.currentTarget);
    return make('button', { type: 'button', class: 'choice quiet show', onclick: press }, this.words.showOnPage);
  }

  /**
   * Another page opens at the section, and at the very sentences as soon as somebody who comes to the link has them asked for.
   * @param {Message} message
   * @param {string} line
   */
  #elsewhere({ topic, source }, line) {
    const { url = '', section } = source ?? {};
    if (!/^https?:/.test(url) || !this.actions.linksOut) return null;
    const link = this.#outside(url, line);
    const lead = (/** @type {string[]} */ sentences) => { link.href = addressOf(url, present([...sentences, section])); };
    for (const sign of ['pointerenter', 'focus']) {
      link.addEventListener(sign, () => this.actions.passages(topic ?? '').then(lead), { once: true });
    }
    lead([]);
    return link;
  }

  /** The sheet at any time: without a result it holds the questions to ask. */
  sheetLink() {
    return this.actions.printing ? this.#outside(this.sheet(), this.words.sheet) : null;
  }

  #sheetLinks() {
    if (!this.actions.printing) return null;
    const { sheet, sheetPrint, sheetSave } = this.words;
    return make('div', { class: 'sheet' }, make(this.#subheading, { class: 'who' }, sheet),
      this.#outside(this.sheet(), sheetPrint), this.#outside(this.sheet('.pdf'), sheetSave));
  }

  /**
   * @param {string} address
   * @param {string} text
   */
  #outside(address, text) {
    return make('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, text, hidden(` (${this.words.newWindow})`));
  }
}

/**
 * `text` with its question in bold, as on a form.
 * @param {string} text
 */
function asking(text) {
  return text.split(ASKED).map((part, index) => (index % 2 ? make('strong', {}, part) : part));
}

/** To agree is louder than the answers beside it; going back, stopping or asking why is quieter. @type {Record<string, string>} */
const LOUDNESS = { confirm: 'primary', why: 'quiet', back: 'quiet', stop: 'quiet', restart: 'quiet' };

/**
 * How loud a button is.
 * @param {Button} button
 */
function weight({ payload }) {
  const [, command = ''] = /"command": "([a-z_]+)"/.exec(payload) ?? [];
  return LOUDNESS[command] ?? '';
}
