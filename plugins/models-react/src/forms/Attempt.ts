/**
 * Idempotency keys for one form or dialog.
 *
 * The same intention (the same body) keeps its key, so that a double click or a
 * retry after a lost answer does nothing twice. A changed body is a new
 * intention: the backend refuses a known key with another body.
 */
export class Attempt {
  #intention?: { fingerprint: string; key: string };

  keyFor(body: unknown): string {
    const fingerprint = JSON.stringify(body);
    if (this.#intention?.fingerprint !== fingerprint) {
      this.#intention = { fingerprint, key: globalThis.crypto.randomUUID() };
    }
    return this.#intention.key;
  }

  /** Call when it was carried out, so that the same words mean a new intention. */
  done(): void {
    this.#intention = undefined;
  }
}
