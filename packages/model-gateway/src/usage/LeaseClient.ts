import {
  MOST_LEASE_ITEMS,
  type LeaseAnswer,
  type LeaseRequest,
} from '@modelhub/governance-protocol';
import type { LimitTable } from '../limits';
import type { GatewayLogger } from '../telemetry/Logger';
import type { BudgetBook } from './BudgetBook';
import type { ControlPlaneLink } from './ControlPlaneLink';

/** With nothing to ask for, only every so many leases say that the gateway lives. */
const QUIET_ROUNDS = 5;

/**
 * Asks the control plane every few seconds for parts of limits and budgets, and
 * at once when a call waits for one. One request is on its way at a time.
 */
export class LeaseClient {
  readonly #table: LimitTable;
  readonly #book: BudgetBook;
  readonly #link: ControlPlaneLink;
  readonly #logger: GatewayLogger;
  readonly #leaseMs: number;
  readonly #session: number;
  readonly #withBudgets: boolean;
  readonly #stopping = new AbortController();
  #sequence = 0;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #quiet = 0;
  #isConnected = false;

  constructor(options: {
    table: LimitTable;
    book: BudgetBook;
    link: ControlPlaneLink;
    logger: GatewayLogger;
    leaseMs: number;
    /** Raised at each start of the gateway. */
    session: number;
    withBudgets: boolean;
  }) {
    this.#table = options.table;
    this.#book = options.book;
    this.#link = options.link;
    this.#logger = options.logger;
    this.#leaseMs = options.leaseMs;
    this.#session = options.session;
    this.#withBudgets = options.withBudgets;
  }

  /** Whether the last request was answered. */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  start(): void {
    const tick = () => {
      this.#timer = setTimeout(() => this.#run(true).then(tick), this.#pause());
      this.#timer.unref();
    };
    this.#run(true).then(tick, tick);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stopping.abort();
    await this.#round;
  }

  /** Asks now, or right after what is on its way; never fails. */
  async ask(): Promise<void> {
    if (!this.#round) {
      return this.#run(false);
    }
    this.#next ??= this.#round.then(() => {
      this.#next = undefined;
      return this.#run(false);
    });
    return this.#next;
  }

  /** Soon, until it heard something. */
  #pause(): number {
    if (!this.#link.isReady) {
      return 25;
    }
    return this.#book.isKnown || !this.#withBudgets
      ? this.#leaseMs
      : Math.min(250, this.#leaseMs);
  }

  /** @param regular - with limits, whose demand is measured from one to the next */
  async #run(regular: boolean): Promise<void> {
    if (this.#round) {
      return this.#round;
    }
    if (this.#stopping.signal.aborted || !this.#link.isReady) {
      return undefined;
    }
    this.#round = this.#askAll(regular)
      .catch(error => this.#lost(error as Error))
      .finally(() => {
        this.#round = undefined;
      });
    return this.#round;
  }

  async #askAll(regular: boolean): Promise<void> {
    const limits = regular ? this.#table.demands() : [];
    const budgets = this.#withBudgets ? this.#book.demands() : [];
    if (limits.length === 0 && budgets.length === 0 && this.#isConnected) {
      this.#quiet += 1;
      if (this.#quiet < QUIET_ROUNDS) {
        return;
      }
    }
    this.#quiet = 0;
    const rounds = Math.max(
      1,
      Math.ceil(Math.max(limits.length, budgets.length) / MOST_LEASE_ITEMS),
    );
    for (let n = 0; n < rounds; n++) {
      const from = n * MOST_LEASE_ITEMS;
      await this.#send({
        limits: limits.slice(from, from + MOST_LEASE_ITEMS),
        budgets: budgets.slice(from, from + MOST_LEASE_ITEMS),
      });
    }
  }

  async #send(items: Pick<LeaseRequest, 'limits' | 'budgets'>): Promise<void> {
    this.#sequence += 1;
    const request: LeaseRequest = {
      session: this.#session,
      sequence: this.#sequence,
      ...(this.#book.version !== undefined && {
        budgetsVersion: this.#book.version,
      }),
      ...items,
    };
    const { status, body } = await this.#link.post(
      '/leases',
      JSON.stringify(request),
      this.#stopping.signal,
    );
    if (status === 404 && (await this.#isAbsent())) {
      this.#book.setAbsent();
      this.#isConnected = true;
      return;
    }
    if (status !== 200 || !isAnswer(body)) {
      throw new Error(`It answered ${status}`);
    }
    this.#table.apply(body);
    if (this.#withBudgets) {
      this.#book.apply(body, this.#leaseMs);
    }
    this.#isConnected = true;
  }

  /**
   * Whether the portal has no usage backend. One that is starting answers 404
   * just so until its plugins are there, and may well have budgets.
   */
  async #isAbsent(): Promise<boolean> {
    if (this.#book.size > 0) {
      return false;
    }
    const { signal } = this.#stopping;
    if (!(await this.#link.isStarted(signal))) {
      return false;
    }
    const { status } = await this.#link.post('/leases', '{}', signal);
    return status === 404;
  }

  #lost(error: Error): void {
    if (this.#isConnected && !this.#stopping.signal.aborted) {
      this.#logger.warn(
        'No leases from the control plane: going on with the parts held',
        { reason: error.message },
      );
    }
    this.#isConnected = false;
  }
}

function isAnswer(body: unknown): body is LeaseAnswer {
  const it = (body ?? {}) as Partial<LeaseAnswer>;
  return (
    Number.isFinite(it.gateways) &&
    Array.isArray(it.limits) &&
    Array.isArray(it.budgets) &&
    typeof it.budgetsVersion === 'string'
  );
}
