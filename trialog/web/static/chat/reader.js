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
    return this.on && speechSynthesis.speaking;
  }

  /** Calls `changed` when the browser has found out which voices it has. */
  watch(changed) {
    window.speechSynthesis?.addEventListener?.('voiceschanged', changed);
    return () => window.speechSynthesis?.removeEventListener?.('voiceschanged', changed);
  }

  /** `parts`: [{ text, language }]; each is read by a voice of its language, if this device has one. */
  read(parts) {
    if (!this.on || !this.voice) return;
    for (const { text, language } of parts) {
      const own = this.#voiceIn(language ?? this.language);
      this.#speak(own ? text : this.noVoice, own ?? this.voice);
    }
  }

  #speak(text, voice) {
    speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang }));
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
    window.speechSynthesis?.cancel();
  }
}
