import type { AskRecord } from './records';

/** How often replicas look for what others decided. */
const LOOK_MS = 300;

interface Waiter {
  settle: (ask: AskRecord) => void;
  fail: (error: unknown) => void;
}

/**
 * Gateways that wait for news of their questions. However many wait, a replica
 * asks the database once in 300 ms; what it decided itself they hear at once.
 */
export class AskWaiters {
  static create(options: {
    find: (ids: string[]) => Promise<AskRecord[]>;
  }): AskWaiters {
    return new AskWaiters(options.find);
  }

  readonly #find: (ids: string[]) => Promise<AskRecord[]>;
  readonly #waiting = new Map<string, Set<Waiter>>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #lookAgain = false;

  private constructor(find: (ids: string[]) => Promise<AskRecord[]>) {
    this.#find = find;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** @returns the question when it is settled; undefined when the time is over or the gateway went away */
  async wait(
    id: string,
    ms: number,
    signal: AbortSignal,
  ): Promise<AskRecord | undefined> {
    if (signal.aborted || ms <= 0) return undefined;
    let waiter: Waiter | undefined;
    let timer: NodeJS.Timeout | undefined;
    let leave: (() => void) | undefined;
    try {
      return await new Promise<AskRecord | undefined>((resolve, reject) => {
        waiter = { settle: resolve, fail: reject };
        leave = () => resolve(undefined);
        timer = setTimeout(leave, ms);
        signal.addEventListener('abort', leave, { once: true });
        const others = this.#waiting.get(id) ?? new Set();
        this.#waiting.set(id, others.add(waiter));
        this.#schedule();
      });
    } finally {
      clearTimeout(timer);
      if (leave) signal.removeEventListener('abort', leave);
      const others = this.#waiting.get(id);
      if (waiter) others?.delete(waiter);
      if (others?.size === 0) this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#unschedule();
    }
  }

  /** Something was settled here. */
  wake(): void {
    this.#unschedule();
    void this.#look();
  }

  #schedule(): void {
    if (this.#looking) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#look();
    }, LOOK_MS);
  }

  #unschedule(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    this.#lookAgain = this.#looking;
    if (this.#looking || this.#waiting.size === 0) return;
    this.#looking = true;
    const ids = [...this.#waiting.keys()];
    try {
      for (const ask of await this.#find(ids)) {
        if (ask.state !== 'waiting') {
          this.#waiting.get(ask.id)?.forEach(waiter => waiter.settle(ask));
        }
      }
    } catch (error) {
      for (const id of ids) {
        this.#waiting.get(id)?.forEach(waiter => waiter.fail(error));
      }
    } finally {
      this.#looking = false;
    }
    if (this.#lookAgain) {
      void this.#look();
    } else if (this.#waiting.size > 0) {
      this.#schedule();
    }
  }
}
