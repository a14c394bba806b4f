// Reads replies aloud with the browser's own voices; off until the family switches it on.

export class Reader {
  constructor(language) {
    this.language = language;
    this.on = false;
  }

  /** A voice of this device in the language. Voices that send the text to a server are never used. */
  get voice() {
    const voices = window.speechSynthesis?.getVoices() ?? [];
    return voices.find((voice) => voice.localService && voice.lang.replace('_', '-').startsWith(this.language));
  }

  get speaking() {
    return this.on && speechSynthesis.speaking;
  }

  /** Calls `changed` when the browser has found out which voices it has. */
  watch(changed) {
    window.speechSynthesis?.addEventListener?.('voiceschanged', changed);
    return () => window.speechSynthesis?.removeEventListener?.('voiceschanged', changed);
  }

  read(text) {
    if (!this.on || !this.voice) return;
    const utterance = new SpeechSynthesisUtterance(text);
    Object.assign(utterance, { voice: this.voice, lang: this.voice.lang });
    speechSynthesis.speak(utterance);
  }

  switch(on) {
    this.on = on;
    this.stop();
  }

  stop() {
    window.speechSynthesis?.cancel();
  }
}
