/**
 * Secrets of gateway keys that were issued since the page was loaded. They are
 * in this memory alone: not in the address, the browser's history or its
 * storage.
 */
export class ShownKeys {
  readonly #secrets = new Map<string, string>();

  remember(endpoint: string, secret: string | undefined): void {
    if (secret) this.#secrets.set(endpoint, secret);
  }

  of(endpoint: string): string | undefined {
    return this.#secrets.get(endpoint);
  }

  forget(endpoint: string): void {
    this.#secrets.delete(endpoint);
  }
}

/** Those of this page. */
export const shownKeys = new ShownKeys();
