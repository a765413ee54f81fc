import type { Permit } from '../../packages/model-gateway/src/__testUtils__/faults/judge';

/**
 * From when until when models and secrets may have been good: from before it
 * was asked for, until the portal answered that it is over.
 */
export class Permits {
  readonly all: Permit[] = [];
  readonly #open = new Map<string, Permit>();

  /** Somebody is about to permit it. */
  open(what: string): void {
    if (!this.#open.has(what)) {
      const permit = { what, from: Date.now(), to: Infinity };
      this.all.push(permit);
      this.#open.set(what, permit);
    }
  }

  /** It is over for certain. */
  close(what: string): void {
    const permit = this.#open.get(what);
    if (permit) {
      permit.to = Date.now();
      this.#open.delete(what);
    }
  }

  isOpen(what: string): boolean {
    return this.#open.has(what);
  }
}
