import type { LoggerService } from '@backstage/backend-plugin-api';
import { Looking } from './Looking';

/**
 * Nobody waits for the work any more.
 *
 * @public
 */
export class Unwanted extends Error {}

/**
 * The lease ended, and another replica has the work.
 *
 * @public
 */
export class TakenOver extends Error {
  constructor() {
    super('Another replica has taken over');
  }
}

/**
 * What is done, and where what is due stands.
 *
 * @public
 */
/**
 * Where leased work comes from, and how it is done.
 *
 * @public
 */
export interface LeasedWorkOptions<T extends { id: string }> {
  /** What is done, for the log, e.g. `Gates`. */
  title: string;
  /** At once on this replica. */
  concurrency: number;
  renewMs: number;
  logger: LoggerService;
  /** Takes the next one, which is none of those that run here. */
  lease(active: T[]): Promise<T | undefined>;
  /** False when the lease is lost. An error changes nothing. */
  renew(item: T): Promise<boolean>;
  /** Ids of those that run here for nobody. */
  unwanted(active: T[]): Promise<string[]>;
  /**
   * Does one and keeps what became of it.
   *
   * @param gone - ends with `Unwanted` or `TakenOver`
   */
  perform(item: T, gone: AbortController): Promise<void>;
  /** What else is done in each look, before and after new work is taken. */
  before?(): Promise<void>;
  after?(): Promise<void>;
}

/**
 * Work whose rows replicas share by leases: what is due is in the database, so
 * any replica takes it, and takes over from one that was killed.
 *
 * @public
 */
export class LeasedWork<T extends { id: string }> {
  static create<T extends { id: string }>(
    options: LeasedWorkOptions<T>,
  ): LeasedWork<T> {
    return new LeasedWork(options);
  }

  readonly #options: LeasedWorkOptions<T>;
  readonly #looking: Looking;
  /** By id. */
  readonly #active = new Map<
    string,
    { item: T; gone: AbortController; ended: Promise<void> }
  >();

  private constructor(options: LeasedWorkOptions<T>) {
    this.#options = options;
    this.#looking = Looking.create({
      look: () => this.#look(),
      failed: error =>
        options.logger.error(`${options.title} could not be looked at`, error),
    });
  }

  /** Ends when this replica stops: what is not done is for others. */
  get stopping(): AbortSignal {
    return this.#looking.stopping;
  }

  /** Look every second, and at each `wake`. */
  start(): void {
    this.#looking.start();
  }

  /** Look now. */
  wake(): void {
    this.#looking.wake();
  }

  /** Asks for another look. */
  again(): void {
    this.#looking.again();
  }

  /** Resolves when nothing runs here any more. */
  async stop(): Promise<void> {
    await this.#looking.stop();
    await this.#ended();
  }

  /** Do what is due now, and what becomes due by doing it. */
  async runDue(): Promise<void> {
    do {
      await this.#looking.now();
      await this.#ended();
      await this.#looking.now();
    } while (this.#active.size > 0);
  }

  async #ended(): Promise<void> {
    await Promise.allSettled(
      [...this.#active.values()].map(({ ended }) => ended),
    );
  }

  #items(): T[] {
    return [...this.#active.values()].map(({ item }) => item);
  }

  async #look(): Promise<void> {
    const { before, after } = this.#options;
    await before?.();
    await this.#dropUnwanted();
    await this.#begin();
    await after?.();
  }

  async #dropUnwanted(): Promise<void> {
    if (this.#active.size === 0) return;
    for (const id of await this.#options.unwanted(this.#items())) {
      this.#active.get(id)?.gone.abort(new Unwanted());
    }
  }

  async #begin(): Promise<void> {
    const { concurrency, lease, logger, title } = this.#options;
    for (let n = 0; n < concurrency; n++) {
      if (this.#active.size >= concurrency) return;
      const item = await lease(this.#items());
      if (!item) return;
      const gone = new AbortController();
      const ended = this.#perform(item, gone)
        .catch(error =>
          logger.error(`${title}: what became of ${item.id} was lost`, error),
        )
        .finally(() => {
          this.#active.delete(item.id);
          this.wake();
        });
      this.#active.set(item.id, { item, gone, ended });
    }
  }

  async #perform(item: T, gone: AbortController): Promise<void> {
    const { renew, renewMs, perform } = this.#options;
    const renewal = setInterval(async () => {
      const kept = await renew(item).catch(() => true);
      if (!kept) gone.abort(new TakenOver());
    }, renewMs);
    try {
      await perform(item, gone);
    } finally {
      clearInterval(renewal);
    }
  }
}
