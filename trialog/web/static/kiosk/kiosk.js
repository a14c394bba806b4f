// The shared touch screen: a start screen, one conversation at a time, and everything wiped when the visitor leaves.
// Nothing is stored in the browser; what must be deleted on the server and could not be is tried again until it is.
'use strict';

/** A visitor who has not touched the screen for so long is asked, and then has so long to answer. */
const QUIET_SECONDS = 60;
const ANSWER_SECONDS = 20;
/** How often the start screen looks whether the server is there, and tries again to delete what could not be deleted. */
const LOOK_SECONDS = 15;
/** Screen readers are told the time left at these seconds only. */
const SAY_AT = [10, 5];

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const [start, talk, place] = ['start', 'talk', 'place'].map(byId);
const [warning, phone] = /** @type {HTMLDialogElement[]} */ (['warning', 'phone'].map(byId));

/** @typedef {import('../chat/element.js').TrialogChat} TrialogChat */

/** @type {TrialogChat | null} */
let chat = null;
/** By the clock and not by timers: those stand still while a tablet sleeps, and its next user must not find this talk. */
let lastSign = Date.now();
let lastTick = Date.now();
/** False once the visitor has put the keyboard away. */
let keyboardWanted = true;

/** @param {HTMLElement} screen */
function show(screen) {
  for (const other of [start, talk]) other.hidden = other !== screen;
}

function newChat() {
  const made = /** @type {TrialogChat} */ (document.createElement('trialog-chat'));
  const theme = document.body.classList.contains('high') ? 'contrast' : 'light';
  const attributes = { trial: place.dataset.trial ?? '', channel: 'kiosk', theme };
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (place.dataset.printing) made.setAttribute('printing', '');
  return made;
}

/** @param {string} choice the title of a first suggestion; empty for a question of one's own */
function begin(choice) {
  byId('wiped').textContent = '';
  chat = newChat();
  place.replaceChildren(chat);
  show(talk);
  chat.begin(choice);
  showKeyboard(choice ? null : 'letters');
  if (!choice) chat.field.focus();
  touched();
}

/** Back to the start screen, at once; the server forgets the conversation, too. */
function wipe() {
  const ended = chat;
  chat = null;
  place.replaceChildren();
  reset();
  show(start);
  start.querySelector('h1')?.focus();
  // Orca was heard to say nothing when the focus jumps from what has just gone.
  byId('wiped').textContent = byId('wiped').dataset.words ?? '';
  if (ended) forget(ended);
}

/** Nothing that one visitor has chosen is left for the next. */
function reset() {
  for (const dialog of [warning, phone]) if (dialog.open) dialog.close();
  highContrast(false);
  menuShown(false);
  keyboardWanted = true;
  showKeyboard(null);
  keyboard.lay('letters');
  scrollTo(0, 0);
  lastSign = Date.now();
}

/** @param {TrialogChat} ended */
async function forget(ended) {
  if (!(await ended.end())) setTimeout(() => forget(ended), LOOK_SECONDS * 1000);
}

/** Any sign of the visitor: the quiet time begins anew. One that comes too late is the next visitor's. */
function touched() {
  tick();
  if (!warning.open) lastSign = Date.now();
}

/** Every second, and whenever the screen comes back: how long has nobody touched it? */
function tick() {
  const now = Date.now();
  const slept = now - lastTick > QUIET_SECONDS * 1000;
  lastTick = now;
  if (chat?.speaking && !warning.open && !slept) lastSign = now;
  const left = Math.ceil(QUIET_SECONDS + ANSWER_SECONDS - (now - lastSign) / 1000);
  if (!chat) {
    if (left <= ANSWER_SECONDS) reset();
  } else if (left <= 0) wipe();
  else if (left <= ANSWER_SECONDS) warn(left);
}

/** @param {number} left seconds */
function warn(left) {
  const seconds = byId('seconds');
  if (!warning.open) {
    byId('voice').textContent = '';
    if (phone.open) phone.close();
    warning.showModal();
  }
  if (seconds.textContent === String(left)) return;
  seconds.textContent = String(left);
  if (SAY_AT.includes(left)) byId('voice').textContent = `${left} seconds left`;
}

function stay() {
  if (warning.open) warning.close();
  lastSign = Date.now();
}

/** @param {'letters' | 'numbers' | null} layout null for no keyboard */
function showKeyboard(layout) {
  byId('keyboard').hidden = !layout;
  byId('keys').setAttribute('aria-pressed', String(Boolean(layout)));
  if (layout) keyboard.lay(layout);
  // With a keyboard on the page the system's own stays away.
  chat?.field.setAttribute('inputmode', keyboardWanted ? 'none' : 'text');
}

function toggleKeyboard() {
  keyboardWanted = byId('keyboard').hidden;
  showKeyboard(keyboardWanted ? 'letters' : null);
  if (keyboardWanted) chat?.field.focus();
}

/**
 * Who touches the field wants to type.
 * @param {Event} event
 */
function fieldTouched(event) {
  if (!chat || event.composedPath()[0] !== chat.field || !keyboardWanted || !byId('keyboard').hidden) return;
  showKeyboard(chat.asksToType ? 'numbers' : 'letters');
}

/** A question without choices is answered with a number: its keys are there at once, and go with the question. */
function answered() {
  if (!chat || !keyboardWanted) return;
  if (chat.asksToType) showKeyboard('numbers');
  else if (keyboard.layout === 'numbers' && !byId('keyboard').hidden) showKeyboard(null);
}

/** @param {boolean} on */
function menuShown(on) {
  byId('menu').setAttribute('aria-pressed', String(on));
}

/** @param {boolean} on */
function highContrast(on) {
  document.body.classList.toggle('high', on);
  for (const button of document.querySelectorAll('.contrast')) button.setAttribute('aria-pressed', String(on));
  chat?.setAttribute('theme', on ? 'contrast' : 'light');
}

/** While the server is away, the start screen says so and offers nothing that would not work. */
async function look() {
  const ready = await fetch('/readyz', { cache: 'no-store' }).then((response) => response.ok, () => false);
  byId('open').hidden = !ready;
  byId('resting').hidden = ready;
}

function listen() {
  const choices = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-choice]'));
  for (const button of choices) button.addEventListener('click', () => begin(button.dataset.choice ?? ''));
  for (const button of document.querySelectorAll('.contrast')) {
    button.addEventListener('click', () => highContrast(!document.body.classList.contains('high')));
  }
  const clicks = {
    finished: wipe, leave: wipe, here: stay,
    menu: () => chat?.toggleMenu(), keys: toggleKeyboard, take: () => phone.showModal(), 'phone-close': () => phone.close(),
  };
  for (const [id, press] of Object.entries(clicks)) byId(id).addEventListener('click', press);
  place.addEventListener('pointerdown', fieldTouched);
  place.addEventListener('trialog-answered', answered);
  place.addEventListener('trialog-menu', (event) => menuShown(/** @type {CustomEvent} */ (event).detail.open));
  for (const sign of ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove']) document.addEventListener(sign, touched, { passive: true });
  warning.addEventListener('close', stay);
  // A long press or a dragged picture must not lead out of this page.
  for (const way of ['contextmenu', 'dragstart']) document.addEventListener(way, (event) => event.preventDefault());
  for (const name of ['visibilitychange', 'focus', 'pageshow']) window.addEventListener(name, tick);
  window.addEventListener('pagehide', wipe);
  window.addEventListener('online', look);
}

const keyboard = new ScreenKeyboard(byId('keyboard'), () => chat?.field);
listen();
show(start);
look();
setInterval(tick, 1000);
setInterval(look, LOOK_SECONDS * 1000);
