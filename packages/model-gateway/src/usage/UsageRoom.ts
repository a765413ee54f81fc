import type { UsageRecord } from '@modelhub/governance-protocol';
import fs from 'node:fs';
import path from 'node:path';
import { StateFolder } from '../allowlist/StateFolder';
import type { GatewayIdentity } from '../controlPlane/GatewayIdentity';
import { ControlPlaneTraces, SharedTraces } from '../guardrails/SharedTraces';
import { createLimitsStage, LimitTable } from '../limits';
import type { CallStage } from '../pipeline';
import { FeedbackReporter, LaterRecords, Signals } from '../signals';
import { AnswerIds } from '../signals/AnswerIds';
import type { GatewayLogger } from '../telemetry/Logger';
import { BudgetBook, type BudgetLevel, type StoredBudgets } from './BudgetBook';
import { createBudgetsStage } from './BudgetsStage';
import type { Connector } from '../tls';
import { ControlPlaneLink } from './ControlPlaneLink';
import { LeaseClient } from './LeaseClient';
import { RecordSums } from './RecordSums';
import { SpendTally } from './SpendTally';
import { Spool } from './Spool';
import type { UsageConfig } from './UsageConfig';
import { UsageSender } from './UsageSender';
import { createUsageStage, type RecordSink } from './UsageStage';

const BUDGETS_FILE = 'budgets.json';
const SESSION_FILE = 'session.json';
const OVERFLOW_FILE = 'overflow.json';

/** How often refusals are written, and what is held is kept, in milliseconds. */
const HOUSEKEEPING_MS = 1_000;

/** From so much of the spool on, somebody has to hear of it. */
const ALARM_FROM = 0.8;

/** What people may want to know about records and leases. */
export interface UsageHealth {
  spoolBytes: number;
  spoolSegments: number;
  /** Batches that the control plane refused for good. */
  rejectedBatches: number;
  /** Kinds of records that are added up because the spool is full. */
  overflowKinds: number;
  budgetsKnown: boolean;
  leasesConnected: boolean;
}

/**
 * Limits, budgets and records of a gateway: three stages, and what they need in
 * the background.
 */
export class UsageRoom {
  readonly limits: CallStage;
  readonly budgets: CallStage;
  /** Comes after the stages that refuse, and before a cache. */
  readonly usage: CallStage;
  /** What all gateways have done in the traces of agents. */
  readonly traces: SharedTraces;
  readonly #config: UsageConfig;
  readonly #folder: StateFolder;
  readonly #logger: GatewayLogger;
  readonly #alarm: (code: string, message: string) => void;
  readonly #spool: Spool;
  readonly #tally: SpendTally;
  readonly #book: BudgetBook;
  readonly #link: ControlPlaneLink;
  readonly #leases: LeaseClient;
  readonly #sender: UsageSender;
  /** What callers say of answers. */
  readonly feedback: FeedbackReporter;
  /** Absent where callers cannot judge answers. */
  readonly answerIds: AnswerIds | undefined;
  readonly #later = new LaterRecords(record => this.#write(record));
  readonly #refusals = new RecordSums();
  readonly #overflow = new RecordSums();
  #timer: NodeJS.Timeout | undefined;
  #isAlarmed = false;
  #keptBudgets = '';
  #keptOverflow = 0;

  private constructor(options: {
    config: UsageConfig;
    folder: StateFolder;
    logger: GatewayLogger;
    alarm: (code: string, message: string) => void;
    link: ControlPlaneLink;
    stored: StoredBudgets | undefined;
    overflow: UsageRecord[];
    session: number;
    clock: (() => number) | undefined;
    secret: string | undefined;
  }) {
    const { config, logger, link } = options;
    this.#config = config;
    this.#folder = options.folder;
    this.#logger = logger;
    this.#alarm = options.alarm;
    this.#link = link;
    this.#tally = new SpendTally();
    const inSpool = new Set<string>();
    this.#spool = Spool.open({
      dir: config.spool.dir,
      found: record => {
        this.#tally.add(record);
        inSpool.add(record.id);
      },
      onError: error => this.#failed(error),
    });
    // Unchanged, so that one that was sent before the last end counts once.
    for (const record of options.overflow) {
      if (!inSpool.has(record.id)) {
        this.#tally.add(record);
        this.#spool.add(record);
      }
    }
    this.#keptOverflow = options.overflow.length;
    this.#book = new BudgetBook({ tally: this.#tally, clock: options.clock });
    if (options.stored) {
      this.#book.restore(options.stored);
    }
    this.traces = new ControlPlaneTraces({
      link,
      logger,
      now: () => performance.now(),
    });
    const table = new LimitTable(options.clock);
    this.#leases = new LeaseClient({
      table,
      book: this.#book,
      link,
      logger,
      leaseMs: config.leaseMs,
      session: options.session,
      withBudgets: config.budgets !== 'off',
    });
    const signals = Signals.create({ config: config.signals });
    this.#sender = new UsageSender({
      spool: this.#spool,
      link,
      logger,
      taken: record => this.#tally.remove(record),
      sealMs: config.spool.sealMs,
      signalsRefused: () => signals.refused(),
    });
    this.feedback = new FeedbackReporter({ link, logger });
    this.answerIds = config.signals.feedback
      ? new AnswerIds(options.secret)
      : undefined;
    this.limits = createLimitsStage({ table });
    this.budgets = createBudgetsStage({
      book: this.#book,
      mode: config.budgets,
      ask: () => this.#leases.ask(),
    });
    this.usage = createUsageStage({
      sink: this.#sink(),
      signals,
      ids: this.answerIds,
    });
  }

  /**
   * Takes over what the last run left in the spool.
   *
   * @throws when the folder of the spool cannot be used
   */
  static async create(options: {
    config: UsageConfig;
    /** Base URLs of the control plane. */
    urls: string[];
    identity: () => GatewayIdentity | undefined;
    /** How connections to the control plane are opened. */
    connect?: Connector['connect'];
    logger: GatewayLogger;
    alarm: (code: string, message: string) => void;
    now: () => Date;
    /** Monotonic, in milliseconds. */
    clock?: () => number;
    /** Seals the ids of answers; the same for all gateways. */
    secret?: string;
  }): Promise<UsageRoom> {
    const { config, logger, alarm } = options;
    fs.mkdirSync(config.spool.dir, { recursive: true, mode: 0o700 });
    const folder = await StateFolder.create(
      path.join(config.spool.dir, 'state'),
    );
    // The time goes before a file that was lost.
    const session = Math.max(
      Number((await folder.read(SESSION_FILE)) ?? 0) + 1,
      Math.floor(options.now().getTime() / 1000),
    );
    await folder.write(SESSION_FILE, session);
    return new UsageRoom({
      config,
      folder,
      logger,
      alarm,
      link: new ControlPlaneLink(options),
      stored: (await folder.read(BUDGETS_FILE)) as StoredBudgets | undefined,
      overflow: ((await folder.read(OVERFLOW_FILE)) ?? []) as UsageRecord[],
      session,
      clock: options.clock,
      secret: options.secret,
    });
  }

  get health(): UsageHealth {
    return {
      spoolBytes: this.#spool.bytes,
      spoolSegments: this.#spool.waiting,
      rejectedBatches: this.#spool.rejected,
      overflowKinds: this.#overflow.size,
      budgetsKnown: this.#book.isKnown || this.#config.budgets === 'off',
      leasesConnected: this.#leases.isConnected,
    };
  }

  /** What is left of budgets, for all gateways together. */
  get budgetLevels(): BudgetLevel[] {
    return this.#book.levels();
  }

  start(): void {
    this.#leases.start();
    this.#sender.start();
    const tick = () => {
      this.#timer = setTimeout(
        () => this.#keep().then(tick, tick),
        HOUSEKEEPING_MS,
      );
      this.#timer.unref();
    };
    tick();
  }

  /** When all calls have ended: writes everything, and sends it if that is quick. */
  async stop(drainMs = 5_000): Promise<void> {
    clearTimeout(this.#timer);
    this.#later.flush();
    await this.feedback.stop();
    await this.#leases.stop();
    await this.#keep().catch(() => {});
    await this.#sender.stop(drainMs);
    await this.#spool.close();
    await this.#keep().catch(() => {});
    await this.#link.close();
  }

  #sink(): RecordSink {
    return {
      begin: (id, beginning) => {
        if (!this.#isFull()) {
          this.#spool.begin(id, beginning);
        }
      },
      add: (record, look) => {
        this.#tally.add(record);
        if (look) {
          this.#later.add(record, look);
        } else {
          this.#write(record);
        }
      },
      addRefusal: record => this.#refusals.add(record),
    };
  }

  #write(record: UsageRecord): void {
    if (this.#isFull() || !this.#spool.add(record)) {
      this.#overflow.add(record);
      this.#spool.forget(record.id);
    }
  }

  #isFull(): boolean {
    return this.#spool.bytes >= this.#config.spool.maxBytes;
  }

  async #keep(): Promise<void> {
    this.#refusals.drain().forEach(record => this.#write(record));
    const share = this.#spool.bytes / this.#config.spool.maxBytes;
    if (share < ALARM_FROM && this.#overflow.size > 0) {
      const records = this.#overflow.drain();
      records.forEach(record => this.#write(record));
      this.#spool.flush();
      this.#isAlarmed = false;
    }
    if (share >= ALARM_FROM && !this.#isAlarmed) {
      this.#isAlarmed = true;
      this.#alarm(
        'usage-spool-full',
        `Usage records fill ${Math.round(share * 100)} % of the spool in ${
          this.#config.spool.dir
        }: the control plane has not taken them. Once it is full, records are added up by key and model.`,
      );
    }
    if (this.#overflow.size > 0 || this.#keptOverflow > 0) {
      const records = this.#overflow.all();
      await this.#folder.write(OVERFLOW_FILE, records);
      this.#keptOverflow = records.length;
    }
    const stored = this.#book.stored();
    const text = JSON.stringify(stored);
    if (stored && text !== this.#keptBudgets) {
      await this.#folder.write(BUDGETS_FILE, stored);
      this.#keptBudgets = text;
    }
  }

  #failed(error: Error): void {
    if (!this.#isAlarmed) {
      this.#isAlarmed = true;
      this.#alarm(
        'usage-spool-not-written',
        `Usage records cannot be written to ${this.#config.spool.dir}: ${
          error.message
        }. They are kept in memory.`,
      );
    }
    this.#logger.warn('The spool failed', { reason: error.message });
  }
}
