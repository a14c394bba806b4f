// Reads replies aloud with the browser's own voices; off until the family switches it on.

export class Reader {
  /** `language`: of most that is read; `noVoice`: the sentence for what this device cannot read. */
  constructor(language, noVoice) {
    Object.assign(this, { language, noVoice, on: false });
  }

  get voice() {
    return this.#voiceIn(this.language);
  }

  get speaking() {
    return Boolean(this.on || this.entry) && speechSynthesis.speaking && !this.paused;
  }

  /** Calls `changed` when the browser has found out which voices it has. */
  watch(changed) {
    window.speechSynthesis?.addEventListener?.('voiceschanged', changed);
    return () => window.speechSynthesis?.removeEventListener?.('voiceschanged', changed);
  }

  /** `parts`: [{ text, language }]; each is read by a voice of its language, if this device has one. */
  read(parts) {
    if (!this.on || !this.voice) return;
    for (const part of parts) this.#say(part);
  }

  #say({ text, language }) {
    const own = this.#voiceIn(language ?? this.language);
    return this.#speak(own ? text : this.noVoice, own ?? this.voice);
  }

  /** Begin to read `entry` (in `parts`), pause, or go on; `ended` is called when it is over. Returns "reading" or "paused". */
  toggle(entry, parts, ended) {
    if (this.entry !== entry) {
      this.stop();
      const last = parts.map((part) => this.#say(part)).pop();
      Object.assign(this, { entry, paused: false, ended });
      if (last) last.onend = () => this.entry === entry && this.stop();
      return 'reading';
    }
    this.paused = !this.paused;
    if (this.paused) speechSynthesis.pause();
    else speechSynthesis.resume();
    return this.paused ? 'paused' : 'reading';
  }

  #speak(text, voice) {
    const spoken = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang });
    speechSynthesis.speak(spoken);
    return spoken;
  }

  /** A voice of this device. Voices that send the text to a server are never used. */
  #voiceIn(language) {
    const voices = window.speechSynthesis?.getVoices() ?? [];
    return voices.find((voice) => voice.localService && voice.lang.split(/[-_]/)[0] === language.split('-')[0]);
  }

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
