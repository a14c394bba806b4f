// The API of docs/api.md, as promises. An error carries what the family can be told.

/** Longer than the server's own limit for a reply, so that its kind words arrive first. */
const TIMEOUT_MS = 15000;

/** A request that was not answered. `problem` is the last part of the problem's type, or "unreachable", "slow" or "refused". */
export class ServerError extends Error {
  constructor(problem = '', detail = '', status = 0) {
    super(problem);
    this.problem = problem;
    this.detail = detail;
    this.status = status;
  }
}

export class Server {
  /**
   * @param {string} address where the API is
   * @param {{ trial?: string, country?: string, channel: string }} opening what a conversation begins with
   */
  constructor(address, opening) {
    this.address = address;
    this.opening = opening;
  }

  /** @returns {Promise<{ id: string, messages: Message[], contact?: Contact, country: string | null }>} */
  async open() {
    const { country } = this.opening;
    const opened = await this.#call('POST', '/api/conversations', this.opening).catch((error) => this.#explain(error));
    if (country && opened.country !== country.trim().toUpperCase()) {
      const told = opened.country ?? 'no country: 112';
      console.warn(`<trialog-chat country="${country}">: families are told the emergency numbers of ${told}.`);
    }
    return opened;
  }

  /**
   * @param {string} id
   * @param {Turn['body']} body
   * @returns {Promise<Message[]>}
   */
  async send(id, body) {
    return (await this.#call('POST', `/api/conversations/${id}/messages`, body)).messages;
  }

  /**
   * The topics of the menu, in groups.
   * @returns {Promise<Topics[]>}
   */
  async topics() {
    return (await this.#call('GET', `/api/topics${this.#study}`)).groups;
  }

  /**
   * The sentences of the study page that the answer on `topic` rests on; none where they cannot be had.
   * @param {string} topic
   * @returns {Promise<string[]>}
   */
  passages(topic) {
    const asked = this.#call('GET', `/api/topics/${encodeURIComponent(topic)}/passages${this.#study}`);
    return asked.then((found) => found.passages, () => []);
  }

  get #study() {
    const { trial } = this.opening;
    return trial ? `?trial=${encodeURIComponent(trial)}` : '';
  }

  /**
   * Counts whether an answer was clear; nothing happens where that fails.
   * @param {string} id
   * @param {{ topic: string, clear: boolean, reason?: string }} body
   */
  clear(id, body) {
    this.#call('POST', `/api/conversations/${id}/clear`, body).catch(() => {});
  }

  /**
   * Deletes the conversation, also while the page is being left. One that is gone already is deleted, too.
   * @param {string} id
   */
  async delete(id) {
    try {
      await this.#call('DELETE', `/api/conversations/${id}`, undefined, { keepalive: true });
    } catch (error) {
      if (!(error instanceof ServerError) || error.status !== 404) throw error;
    }
  }

  /**
   * The sheet for the doctor, or its PDF.
   * @param {string} id
   */
  sheet(id, ending = '') {
    return `${this.address}/api/conversations/${id}/sheet${ending}`;
  }

  /**
   * A browser does not tell a script that this page is not allowed; a server that is there all the same does not allow it.
   * @param {ServerError} error
   * @returns {Promise<never>}
   */
  async #explain(error) {
    if (error.problem !== 'unreachable' || this.address === location.origin) throw error;
    const how = /** @type {const} */ ({ method: 'HEAD', mode: 'no-cors', credentials: 'omit', referrerPolicy: 'no-referrer' });
    const isThere = await fetch(`${this.address}/api/openapi.json`, how).then(() => true, () => false);
    if (!isThere) throw error;
    const mend = 'Its operator can add them to TRIALOG_ALLOWED_ORIGINS.';
    console.error(`<trialog-chat>: ${this.address} does not allow pages of ${location.origin}. ${mend}`);
    throw new ServerError('refused');
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {RequestInit} [options]
   * @returns {Promise<any>}
   */
  async #call(method, path, body, options = {}) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
    try {
      /** @type {RequestInit} */
      const common = { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: stop.signal };
      const headers = { 'content-type': 'application/json' };
      const sent = body ? { headers, body: JSON.stringify(body) } : {};
      const response = await fetch(this.address + path, { method, ...sent, ...common, ...options });
      return await readAnswer(response);
    } catch (error) {
      throw error instanceof ServerError ? error : new ServerError(stop.signal.aborted ? 'slow' : 'unreachable');
    } finally {
      clearTimeout(timer);
    }
  }
}

/** @param {Response} response */
async function readAnswer(response) {
  if (response.status === 204) return null;
  const data = await response.json();
  if (!response.ok) throw new ServerError(String(data.type).split(':').pop(), data.detail, response.status);
  return data;
}
