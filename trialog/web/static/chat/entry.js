// How one entry of the conversation looks: a reply, what the family said, or a notice.

import { contactCard, contactSpoken, needsPeople } from './contact.js';
import { fill, hidden, icon, make } from './dom.js';
import { foot } from './foot.js';
import { findHeading } from './passage.js';

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

/** Telephone numbers as content/general/help_lines.yml and the operator write them. */
const TELEPHONE = /(\+?\d[\d ()/-]+\d)/;

export class EntryView {
  /** `words`: the sentences; `language`; `actions`: { press(entry, button), retry(), begin() }; `sheet(ending)`: an address. */
  constructor(words, language, actions, sheet) {
    Object.assign(this, { words, language, actions, sheet });
  }

  build(entry) {
    return { assistant: () => this.#reply(entry), family: () => this.#family(entry), notice: () => this.#notice(entry) }[entry.from]();
  }

  /** Bring what can change up to date: buttons that were used, text that is not sent. */
  update(node, entry, failing) {
    for (const button of node.querySelectorAll('button[data-title]')) this.#updateButton(button, entry);
    const state = node.querySelector('.state');
    if (state) state.hidden = !(entry.waiting && failing);
  }

  /** The conversation as plain text, with the sources of its answers. */
  asText(entries) {
    const { assistantSays, youSaid } = this.words;
    return entries.flatMap(({ from, text, message, chosen }) => {
      if (from === 'notice') return [];
      if (from === 'family') return [`${youSaid}: ${text}`];
      const said = [`${assistantSays}: ${message.text}`, this.#sourceLine(message)].filter(Boolean).join('\n');
      return chosen ? [said, `${youSaid}: ${chosen}`] : [said];
    }).join('\n\n');
  }

  /** The entry as it is spoken: [{ text, language }], in parts only where a part is in another language. */
  asSpoken({ from, text, message, action }) {
    if (from !== 'assistant') return [{ text: [text, this.#choices(action ? [this.#offer(action)[0]] : [])].join(' ').trim() }];
    const { language, topic, progress, kind } = message;
    const heading = `${this.#heading(message)}${progress ? '.' : ':'}`;
    const before = this.#staffNeeded(topic) ? `${heading} ${this.actions.staff}` : heading;
    const people = needsPeople(message) ? contactSpoken(this.actions.contact(), this.words) : '';
    const after = [people, this.#choices(this.#titles(message))].filter(Boolean).join(' ');
    const parts = [{ text: before }, { text: sentences(kind === 'result' ? this.#withoutPoints(message.text) : message.text), language }, { text: after }];
    const said = parts.filter((part) => part.text);
    return language ? said : [{ text: said.map((part) => part.text).join(' ') }];
  }

  /** A result is long: its points are named, and stand in a list to go through. */
  #withoutPoints(text) {
    const parts = blocks(text);
    const points = parts.find(({ isList }) => isList);
    return parts.map((part) => (part === points ? this.words.pointsListed : part.lines.join('\n'))).join('\n');
  }

  /** What can be pressed in a reply, in its order on the page. */
  #titles({ kind, buttons }) {
    const { sheetPrint, sheetSave } = this.words;
    const links = kind === 'result' && this.actions.printing ? [sheetPrint, sheetSave] : [];
    return [...links, ...(buttons ?? []).map((button) => button.title)];
  }

  #choices(titles) {
    return titles.length ? fill(this.words.choices, { titles: titles.join(', ') }) : '';
  }

  #offer(action) {
    return { retry: [this.words.retry, this.actions.retry], begin: [this.words.startAgain, this.actions.begin] }[action];
  }

  #family({ text }) {
    const { youSaid, notSent } = this.words;
    return make('article', { class: 'entry family', part: 'message' }, make(this.actions.heading, { class: 'text', dir: 'auto' }, hidden(`${youSaid}: `), text),
      make('p', { class: 'state', hidden: true }, notSent));
  }

  #notice({ text, action }) {
    const offer = this.#offer(action);
    const button = offer ? make('button', { type: 'button', class: 'choice', onclick: offer[1] }, offer[0]) : null;
    return make('article', { class: 'entry notice' }, make('p', { class: 'text' }, text), button);
  }

  #reply(entry) {
    const { message } = entry;
    const isUrgent = message.kind === 'safety';
    const parts = [
      make(this.actions.heading, { class: 'who' }, isUrgent ? icon(PICTURES.safety) : null, this.#heading(message)),
      this.#progress(message.progress),
      this.#tellStaff(message),
      ...this.#blocks(entry),
      this.#source(message),
      message.kind === 'result' ? this.#sheetLinks() : null,
      needsPeople(message) ? this.contactCard() : null,
      this.#buttons(entry),
      foot(entry, this.words, this.actions, this.#onThisPage(message)),
    ];
    return make('article', { class: `entry assistant ${message.kind}`, part: 'reply' }, ...parts);
  }

  /** How to reach people; null where nobody is named. */
  contactCard(heading = this.#subheading) {
    return contactCard(this.actions.contact(), { words: this.words, heading, linksOut: this.actions.linksOut });
  }

  get #subheading() {
    return this.actions.heading === 'h2' ? 'h3' : 'h4';
  }

  /** What a reply is called, for the eye and for those who go from heading to heading. */
  #heading({ kind, progress }) {
    const { headings, assistantSays, progress: step } = this.words;
    return progress ? fill(step, progress) : headings[kind] ?? assistantSays;
  }

  #progress(progress) {
    if (!progress) return null;
    return make('progress', { class: 'progress', value: progress.step, max: progress.of, 'aria-label': fill(this.words.progress, progress) });
  }

  /** Where staff are near, they come first. */
  #tellStaff({ topic }) {
    return this.#staffNeeded(topic) ? make('p', { class: 'text staff' }, this.actions.staff) : null;
  }

  #staffNeeded(topic) {
    return this.actions.staff && DANGER.includes(topic);
  }

  /** The text as paragraphs and lists; the first list of a review or result carries its criteria. */
  #blocks(entry) {
    const criteria = [...(entry.message.criteria ?? [])];
    const lang = entry.message.language ?? REPLY_LANGUAGE;
    return blocks(entry.message.text).map(({ lines, isList }) => {
      const text = lines.join('\n');
      if (!isList) return make('p', { class: 'text', dir: 'auto', lang }, ...(entry.message.kind === 'safety' ? this.#callable(text) : [text]));
      const items = lines.map((line) => this.#item(line, criteria.shift(), entry));
      const points = items.some((item) => item.childElementCount);
      return make('ul', { class: points ? 'points' : null, role: points ? 'list' : null, lang }, ...items);
    });
  }

  /** `text` with its numbers to call: one tap on a phone; at a kiosk, where nothing leads out, they only stand out. */
  #callable(text) {
    return text.split(TELEPHONE).map((part, index) => (index % 2 ? this.#number(part) : part));
  }

  /** "(0)" and "/" mean more than digits: such a number is for people to read. */
  #number(found) {
    const canCall = this.actions.linksOut && !/[()/]/.test(found);
    return canCall ? make('a', { href: `tel:${found.replace(/[ -]/g, '')}` }, found) : make('b', {}, found);
  }

  #item(line, criterion, entry) {
    if (!criterion) return make('li', { dir: 'auto' }, line);
    const { title, answer, verdict, change } = criterion;
    const named = line.startsWith(`${title}:`);
    const says = named ? line.slice(title.length + 1) : line;
    const text = verdict ? this.#judged(says, answer, verdict) : [make('span', {}, says)];
    const name = named ? make('strong', {}, `${title}:`) : null;
    return make('li', {}, make('span', {}, name, ...text), change ? this.#changeButton(criterion, entry) : null);
  }

  /** An answer, and below it what the page says to it; that begins with the verdict, which stands out. */
  #judged(says, answer, verdict) {
    const given = ` ${answer}. `;
    if (!says.startsWith(given)) return [says];
    const [, first, rest] = /^(.*?\.)?(.*)$/s.exec(says.slice(given.length));
    const strong = make('strong', { class: `verdict ${verdict}` }, icon(PICTURES[verdict] ?? PICTURES.not_known), first ?? '');
    return [` ${answer}`, make('span', { class: 'reason' }, strong, rest)];
  }

  #changeButton({ title, change }, entry) {
    const { change: shown, changeOne } = this.words;
    const name = fill(changeOne, { title });
    const attributes = { type: 'button', class: 'link', 'data-title': name, 'aria-label': name };
    return this.#button(attributes, shown, { title: name, payload: change }, entry);
  }

  #buttons(entry) {
    const { buttons = [], language } = entry.message;
    if (!buttons.length) return null;
    return make('div', { class: 'choices' }, ...buttons.map((button) =>
      this.#button({ type: 'button', class: `choice ${weight(button)}`, 'data-title': button.title, lang: language ?? REPLY_LANGUAGE, dir: 'auto' }, button.title, button, entry)));
  }

  #button(attributes, shown, button, entry) {
    const press = () => entry.spent || this.actions.press(entry, button);
    return make('button', { ...attributes, onclick: press }, shown);
  }

  /** The chosen button stays, says that it was chosen and keeps the focus; the others go. */
  #updateButton(button, { spent, chosen }) {
    if (!spent) return;
    const { title } = button.dataset;
    button.hidden = title !== chosen;
    if (button.hidden || button.hasAttribute('aria-disabled')) return;
    button.textContent = fill(this.words.chose, { title });
    button.removeAttribute('aria-label');
    button.setAttribute('aria-disabled', 'true');
    button.classList.add('chosen');
  }

  /** A question and the family's own answers come from nobody's page. */
  #sourceLine({ source, topic, kind }) {
    if (!source || !FROM_A_PAGE.includes(kind)) return '';
    const { fromStudyPage, fromElsewhere, section, reviewed } = this.words;
    const where = topic?.startsWith('term:') ? fill(fromElsewhere, source) : fromStudyPage;
    const date = source.last_reviewed && fill(reviewed, { date: longDate(source.last_reviewed, this.language) });
    return [where, source.section && fill(section, source), date].filter(Boolean).join(', ');
  }

  #source(message) {
    const { source } = message;
    const line = this.#sourceLine(message);
    if (!line) return null;
    const shown = this.#onThisPage(message) ? line : this.#elsewhere(source, line) ?? line;
    return make('p', { class: 'source' }, icon(PICTURES.page), shown);
  }

  /** Where the chat stands on the study page itself, one tap leads to the section. */
  #onThisPage(message) {
    const heading = this.#sourceLine(message) && message.source.section && this.actions.linksOut && findHeading(message.source.section);
    if (!heading) return null;
    const press = (event) => this.actions.show(heading, event.currentTarget);
    return make('button', { type: 'button', class: 'choice quiet show', onclick: press }, this.words.showOnPage);
  }

  /** On another page the browser itself looks for the section. */
  #elsewhere({ url, section }, line) {
    if (!/^https?:/.test(url ?? '') || !this.actions.linksOut) return null;
    return this.#outside(section && !url.includes('#') ? `${url}#:~:text=${encodeURIComponent(section)}` : url, line);
  }

  #sheetLinks() {
    if (!this.actions.printing) return null;
    const { sheet, sheetPrint, sheetSave } = this.words;
    return make('div', { class: 'sheet' }, make(this.#subheading, { class: 'who' }, sheet),
      this.#outside(this.sheet(), sheetPrint), this.#outside(this.sheet('.pdf'), sheetSave));
  }

  #outside(address, text) {
    return make('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, text, hidden(` (${this.words.newWindow})`));
  }
}

/** How loud a button is: to agree is louder than the answers beside it; going back, stopping or asking why is quieter. */
function weight({ payload }) {
  const [, command] = /"command": "([a-z_]+)"/.exec(payload) ?? [];
  return { confirm: 'primary', why: 'quiet', back: 'quiet', stop: 'quiet', restart: 'quiet' }[command] ?? '';
}

/** `text` in pieces: runs of lines that begin with a bullet are lists, blank lines part paragraphs. */
function blocks(text) {
  const found = [];
  for (const line of text.split('\n')) {
    const isList = line.startsWith('• ');
    const last = found[found.length - 1];
    if (!line.trim()) found.push({ lines: [], isList: false });
    else if (last && last.isList === isList && last.lines.length) last.lines.push(isList ? line.slice(2) : line);
    else found.push({ lines: [isList ? line.slice(2) : line], isList });
  }
  return found.filter((block) => block.lines.length);
}

/** `text` for the ear: a line of a list is a sentence, and its bullet is not read out. */
function sentences(text) {
  return text.split('\n').map((line) => (line.startsWith('• ') ? line.slice(2).replace(/[^.?!:]$/, '$&.') : line)).filter(Boolean).join(' ');
}

/** 2024-09-16 as "16 September 2024". */
function longDate(date, language) {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };
  return new Date(`${date}T00:00:00Z`).toLocaleDateString(language === 'en' ? 'en-GB' : language, options);
}
