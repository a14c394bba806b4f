// Reads replies aloud with the browser's own voices; off until the family switches it on.

export class Reader {
  on = false;
  paused = false;

  /** The entry that is being listened to. @type {Entry | null} */
  entry = null;

  /** Called when that is over. @type {(() => void) | null} */
  ended = null;

  /**
   * @param {string} language of most that is read
   * @param {string} noVoice the sentence for what this device cannot read
   */
  constructor(language, noVoice) {
    this.language = language;
    this.noVoice = noVoice;
  }

  get voice() {
    return this.#voiceIn(this.language);
  }

  get speaking() {
    return Boolean(this.on || this.entry) && speechSynthesis.speaking && !this.paused;
  }

  /**
   * Calls `changed` when the browser has found out which voices it has; returns how to stop that.
   * @param {() => void} changed
   */
  watch(changed) {
    window.speechSynthesis?.addEventListener?.('voiceschanged', changed);
    return () => window.speechSynthesis?.removeEventListener?.('voiceschanged', changed);
  }

  /**
   * Each part is read by a voice of its language, if this device has one.
   * @param {Part[]} parts
   */
  read(parts) {
    if (!this.on || !this.voice) return;
    for (const part of parts) this.#say(part);
  }

  /**
   * Begin to read `entry` (in `parts`), pause, or go on; `ended` is called when it is over.
   * @param {Entry} entry
   * @param {Part[]} parts
   * @param {() => void} ended
   * @returns {'reading' | 'paused'}
   */
  toggle(entry, parts, ended) {
    if (this.entry !== entry) {
      this.stop();
      const last = parts.map((part) => this.#say(part)).pop();
      Object.assign(this, { entry, ended });
      if (last) last.onend = () => this.entry === entry && this.stop();
      return 'reading';
    }
    this.paused = !this.paused;
    if (this.paused) speechSynthesis.pause();
    else speechSynthesis.resume();
    return this.paused ? 'paused' : 'reading';
  }

  /** @param {Part} part */
  #say({ text, language }) {
    const own = this.#voiceIn(language ?? this.language);
    const voice = own ?? this.voice;
    const spoken = new SpeechSynthesisUtterance(own ? text : this.noVoice);
    if (voice) Object.assign(spoken, { voice, lang: voice.lang });
    speechSynthesis.speak(spoken);
    return spoken;
  }

  /**
   * A voice of this device. Voices that send the text to a server are never used.
   * @param {string} language
   */
  #voiceIn(language) {
    const voices = window.speechSynthesis?.getVoices() ?? [];
    return voices.find((voice) => voice.localService && voice.lang.split(/[-_]/)[0] === language.split('-')[0]);
  }

  /** @param {boolean} on */
  switch(on) {
    this.on = on;
    this.stop();
  }

  stop() {
    const { ended } = this;
    Object.assign(this, { entry: null, paused: false, ended: null });
    window.speechSynthesis?.cancel();
    ended?.();
  }
}
