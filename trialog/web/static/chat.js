// The chat on the page: opens a conversation, shows each reply with its source and buttons.
// Text goes in by textContent only, so nothing in a reply is ever read as HTML.
'use strict';

const log = document.getElementById('log');
const form = document.getElementById('form');
const field = document.getElementById('text');
const OFFLINE = 'I cannot reach the assistant. Your text is still here: please check the connection and send it again.';
let conversation = null;

async function call(path, method, body) {
  const response = await fetch(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const data = response.status === 204 ? {} : await response.json();
  if (!response.ok) throw Object.assign(new Error(data.detail), { status: response.status });
  return data;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

function show(text, { kind = '', source = null, buttons = [], family = false } = {}) {
  const message = element('div', `message ${family ? 'from-family' : kind}`);
  message.append(element('span', 'from', family ? 'You said: ' : 'The assistant says: '), element('p', '', text));
  if (source) message.append(element('p', 'source', sourceLine(source)));
  if (buttons.length) message.append(buttonRow(buttons));
  log.append(message);
  message.scrollIntoView({ block: 'nearest' });
}

function sourceLine(source) {
  const reviewed = source.last_reviewed
    ? `, reviewed ${new Date(`${source.last_reviewed}T12:00:00`).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })}`
    : '';
  return `From: ${source.title}${source.section ? `, “${source.section}”` : ''}${reviewed}`;
}

function buttonRow(buttons) {
  const row = element('div', 'buttons');
  for (const { title, payload } of buttons) {
    const button = element('button', '', title);
    button.type = 'button';
    button.addEventListener('click', () => {
      for (const other of row.children) other.disabled = true;
      show(title, { family: true });
      send({ payload });
      field.focus();
    });
    row.append(button);
  }
  return row;
}

function showAll(messages) {
  for (const { text, ...rest } of messages) show(text, rest);
}

async function open() {
  const { id, messages } = await call('/api/conversations', 'POST', { channel: 'web' });
  conversation = id;
  showAll(messages);
}

async function send(body) {
  try {
    if (!conversation) await open();
    showAll((await call(`/api/conversations/${conversation}/messages`, 'POST', body)).messages);
    return true;
  } catch (error) {
    if (error.status === 404) conversation = null;
    show(error.status ? error.message : OFFLINE, { kind: 'fallback' });
    return false;
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) return;
  show(text, { family: true });
  field.value = '';
  if (!(await send({ text }))) field.value = text;
  field.focus();
});

field.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

document.getElementById('delete').addEventListener('click', async () => {
  if (conversation) await call(`/api/conversations/${conversation}`, 'DELETE').catch(() => {});
  conversation = null;
  log.replaceChildren();
  show('The conversation has been deleted.', { kind: 'fallback' });
  await open().catch(() => show(OFFLINE, { kind: 'fallback' }));
});

open().catch(() => show(OFFLINE, { kind: 'fallback' }));
