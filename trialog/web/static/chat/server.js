// The API of docs/api.md, as promises. An error carries what the family can be told.

/** Longer than the server's own limit for a reply, so that its kind words arrive first. */
const TIMEOUT_MS = 15000;

/** A request that was not answered. `problem` is the last part of the problem's type, or "unreachable", "slow" or "refused". */
export class ServerError extends Error {
  constructor(problem, detail = '', status = 0) {
    super(problem);
    Object.assign(this, { problem, detail, status });
  }
}

export class Server {
  /** `address`: where the API is; `opening`: what a conversation begins with (trial, channel, ...). */
  constructor(address, opening) {
    this.address = address;
    this.opening = opening;
  }

  async open() {
    const { country } = this.opening;
    const opened = await this.#call('POST', '/api/conversations', this.opening).catch((error) => this.#explain(error));
    if (country && opened.country !== country.trim().toUpperCase()) {
      console.warn(`<trialog-chat country="${country}">: families are told the emergency numbers of ${opened.country ?? 'no country: 112'}.`);
    }
    return opened;
  }

  async send(id, body) {
    return (await this.#call('POST', `/api/conversations/${id}/messages`, body)).messages;
  }

  /** The topics of the menu, in groups. */
  async topics() {
    const { trial } = this.opening;
    return (await this.#call('GET', `/api/topics${trial ? `?trial=${encodeURIComponent(trial)}` : ''}`)).groups;
  }

  /** Counts whether an answer was clear; nothing happens where that fails. */
  clear(id, body) {
    this.#call('POST', `/api/conversations/${id}/clear`, body).catch(() => {});
  }

  /** Deletes the conversation, also while the page is being left. One that is gone already is deleted, too. */
  async delete(id) {
    try {
      await this.#call('DELETE', `/api/conversations/${id}`, undefined, { keepalive: true });
    } catch (error) {
      if (error.status !== 404) throw error;
    }
  }

  /** The sheet for the doctor, or its PDF. */
  sheet(id, ending = '') {
    return `${this.address}/api/conversations/${id}/sheet${ending}`;
  }

  /** A browser does not tell a script that this page is not allowed; a server that is there all the same does not allow it. */
  async #explain(error) {
    if (error.problem !== 'unreachable' || this.address === location.origin) throw error;
    const common = { method: 'HEAD', mode: 'no-cors', credentials: 'omit', referrerPolicy: 'no-referrer' };
    const isThere = await fetch(`${this.address}/api/openapi.json`, common).then(() => true, () => false);
    if (!isThere) throw error;
    console.error(`<trialog-chat>: ${this.address} does not allow pages of ${location.origin}. Its operator can add them to TRIALOG_ALLOWED_ORIGINS.`);
    throw new ServerError('refused');
  }

  async #call(method, path, body, options = {}) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
    try {
      const headers = body ? { 'content-type': 'application/json' } : {};
      const common = { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: stop.signal };
      const response = await fetch(this.address + path, { method, headers, body: body && JSON.stringify(body), ...common, ...options });
      return await readAnswer(response);
    } catch (error) {
      throw error instanceof ServerError ? error : new ServerError(stop.signal.aborted ? 'slow' : 'unreachable');
    } finally {
      clearTimeout(timer);
    }
  }
}

async function readAnswer(response) {
  if (response.status === 204) return null;
  const data = await response.json();
  if (!response.ok) throw new ServerError(String(data.type).split(':').pop(), data.detail, response.status);
  return data;
}
