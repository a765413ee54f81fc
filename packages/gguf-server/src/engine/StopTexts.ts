/**
 * Ends an answer where one of some texts begins. What might be the beginning of
 * one is held back until it is clear.
 */
export class StopTexts {
  readonly #stops: string[];
  #held = '';

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter(stop => stop !== '');
  }

  /** What may be shown now, and whether that was all. */
  add(text: string): { text: string; isEnd: boolean } {
    const whole = this.#held + text;
    const ends = this.#stops
      .map(stop => whole.indexOf(stop))
      .filter(at => at >= 0);
    if (ends.length > 0) {
      this.#held = '';
      return { text: whole.slice(0, Math.min(...ends)), isEnd: true };
    }
    const keep = this.#longestBeginning(whole);
    this.#held = whole.slice(whole.length - keep);
    return { text: whole.slice(0, whole.length - keep), isEnd: false };
  }

  /** What was held back and turned out to be nothing. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  #longestBeginning(text: string): number {
    const most = Math.max(0, ...this.#stops.map(stop => stop.length - 1));
    for (let length = Math.min(most, text.length); length > 0; length--) {
      const end = text.slice(text.length - length);
      if (this.#stops.some(stop => stop.startsWith(end))) return length;
    }
    return 0;
  }
}
