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

const byId = (id) => document.getElementById(id);
const [start, talk, place, warning, phone] = ['start', 'talk', 'place', 'warning', 'phone'].map(byId);

let chat = null;
let quietTimer = 0;
let countTimer = 0;

function show(screen) {
  for (const other of [start, talk]) other.hidden = other !== screen;
}

function newChat() {
  const made = document.createElement('trialog-chat');
  const attributes = { trial: place.dataset.trial, channel: 'kiosk', theme: document.body.classList.contains('high') ? 'contrast' : 'light' };
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (place.dataset.printing) made.setAttribute('printing', '');
  return made;
}

function begin(choice) {
  byId('wiped').textContent = '';
  chat = newChat();
  place.replaceChildren(chat);
  show(talk);
  chat.begin(choice);
  keyboardShown(!choice);
  touched();
}

/** Back to the start screen, at once; the server forgets the conversation, too. */
function wipe() {
  clearTimeout(quietTimer);
  clearInterval(countTimer);
  for (const dialog of [warning, phone]) if (dialog.open) dialog.close();
  const ended = chat;
  chat = null;
  place.replaceChildren();
  highContrast(false);
  show(start);
  start.querySelector('h1').focus();
  // Orca was heard to say nothing when the focus jumps from what has just gone.
  byId('wiped').textContent = byId('wiped').dataset.words;
  if (ended) forget(ended);
}

async function forget(ended) {
  if (!(await ended.end())) setTimeout(() => forget(ended), LOOK_SECONDS * 1000);
}

/** Any sign of the visitor: the quiet time begins anew. */
function touched() {
  if (!chat || warning.open) return;
  clearTimeout(quietTimer);
  quietTimer = setTimeout(() => (chat.speaking ? touched() : warn()), QUIET_SECONDS * 1000);
}

function warn() {
  let left = ANSWER_SECONDS;
  const tell = () => {
    byId('seconds').textContent = left;
    if (SAY_AT.includes(left)) byId('voice').textContent = `${left} seconds left`;
    if (left <= 0) wipe();
    left -= 1;
  };
  byId('voice').textContent = '';
  if (phone.open) phone.close();
  warning.showModal();
  countTimer = setInterval(tell, 1000);
  tell();
}

function stay() {
  clearInterval(countTimer);
  if (warning.open) warning.close();
  touched();
}

function keyboardShown(on) {
  byId('keyboard').hidden = !on;
  byId('keys').setAttribute('aria-pressed', String(on));
  // With a keyboard on the page the system's own stays away.
  customElements.whenDefined('trialog-chat').then(() => chat?.field.setAttribute('inputmode', on ? 'none' : 'text'));
  if (on) chat.field.focus();
}

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
  for (const button of document.querySelectorAll('[data-choice]')) button.addEventListener('click', () => begin(button.dataset.choice));
  for (const button of document.querySelectorAll('.contrast')) {
    button.addEventListener('click', () => highContrast(!document.body.classList.contains('high')));
  }
  const clicks = {
    finished: wipe, leave: wipe, here: stay,
    keys: () => keyboardShown(byId('keyboard').hidden), take: () => phone.showModal(), 'phone-close': () => phone.close(),
  };
  for (const [id, press] of Object.entries(clicks)) byId(id).addEventListener('click', press);
  for (const sign of ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove']) document.addEventListener(sign, touched, { passive: true });
  warning.addEventListener('close', stay);
  // A long press or a dragged picture must not lead out of this page.
  for (const way of ['contextmenu', 'dragstart']) document.addEventListener(way, (event) => event.preventDefault());
  window.addEventListener('pagehide', wipe);
  window.addEventListener('online', look);
}

new ScreenKeyboard(byId('keyboard'), () => chat.field);
listen();
show(start);
look();
setInterval(look, LOOK_SECONDS * 1000);
