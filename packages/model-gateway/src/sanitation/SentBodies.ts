import type { CallContext } from '../pipeline';

/** What was sent in place of the bodies of calls, for as long as the calls live. */
export class SentBodies {
  readonly #bodies = new WeakMap<CallContext, Record<string, unknown>>();

  set(context: CallContext, body: Record<string, unknown>): void {
    this.#bodies.set(context, body);
  }

  /** As the caller sent it, unless it was changed. */
  of(context: CallContext): Record<string, unknown> | undefined {
    return this.#bodies.get(context) ?? context.body;
  }
}
