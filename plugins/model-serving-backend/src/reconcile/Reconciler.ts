import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  audited,
  LeasedWork,
  type ChangeSignal,
  type NoticeOutbox,
  type Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { Admission } from '../admission';
import type { HubClock } from '../clock';
import type { EndpointChanges } from '../endpoints/EndpointChanges';
import type { EndpointStore, RowChanges } from '../endpoints/EndpointStore';
import type { EndpointRecord } from '../endpoints/records';
import type { EngineDesk } from '../engines';
import type { EngineViews } from './EngineViews';
import type { Looks } from './looks';
import type { Orphans } from './Orphans';
import type { Outcome } from './outcome';
import { LEASE_MS, type LeasedEndpoint, type WorkStore } from './WorkStore';

/** After an error that nobody expected. */
const STUMBLE_MS = 10_000;
const ORPHANS_MS = 30_000;
const FIRST_WATCH_MS = 1_000;
const LONGEST_WATCH_MS = 60_000;

export interface ReconcilerOptions {
  admission: Admission;
  auditor: AuditorService;
  changes: EndpointChanges;
  clock: HubClock;
  engines: EngineDesk;
  logger: LoggerService;
  looks: Looks;
  orphans: Orphans;
  outbox: Pick<NoticeOutbox, 'add' | 'deliverSoon'>;
  signal: Pick<ChangeSignal, 'changed'>;
  store: EndpointStore;
  transactions: Transactions;
  views: EngineViews;
  work: WorkStore;
  /** In ms; goes on whatever is done to the clock. */
  uptimeMs(): number;
  /** Endpoints that this replica looks at at once; 16 by default. */
  concurrency?: number;
}

/**
 * Brings endpoints to where they are to be, and ends those whose time is over.
 * What is due is in the database, so any replica does it, and goes on where
 * another one was killed.
 */
export class Reconciler {
  static create(options: ReconcilerOptions): Reconciler {
    return new Reconciler(options);
  }

  readonly #options: ReconcilerOptions;
  readonly #work: LeasedWork<LeasedEndpoint>;
  readonly #watching: Array<Promise<void>> = [];
  #orphansAt = -Infinity;

  private constructor(options: ReconcilerOptions) {
    this.#options = options;
    const { clock, work, logger, concurrency = 16 } = options;
    this.#work = LeasedWork.create<LeasedEndpoint>({
      title: 'Evaluation endpoints',
      concurrency,
      renewMs: LEASE_MS / 3,
      logger,
      lease: active => work.lease(active.map(({ id }) => id)),
      renew: ({ id }) => work.renew(id),
      unwanted: async () => [],
      perform: (item, gone) => this.#perform(item, gone.signal),
      before: async () => {
        await clock.tick();
        await this.#admit();
      },
      after: () => this.#collect(),
    });
  }

  /** Looks every second, and when engines say that something changed. */
  start(): void {
    this.#work.start();
    for (const { id, watch } of this.#options.engines.all()) {
      if (watch) this.#watching.push(this.#watch(id));
    }
  }

  /** Resolves when nothing runs here any more. */
  async stop(): Promise<void> {
    await this.#work.stop();
    await Promise.allSettled(this.#watching);
  }

  /** Look now. */
  wake(): void {
    this.#work.wake();
  }

  /** Do what is due now, and what becomes due by doing it. */
  async runDue(): Promise<void> {
    await this.#work.runDue();
  }

  async #admit(): Promise<void> {
    const { admission, changes, store, signal } = this.#options;
    const admitted = await admission.run(async (tx, id) => {
      const endpoint = await store.get(id, tx);
      if (endpoint?.state !== 'queued') return;
      await changes.apply(tx, endpoint, 'admit', {
        message: 'There is room for it, and the engine begins it.',
      });
    });
    if (admitted.length > 0) signal.changed();
  }

  async #collect(): Promise<void> {
    const now = this.#options.uptimeMs();
    if (now - this.#orphansAt < ORPHANS_MS) return;
    this.#orphansAt = now;
    await this.#options.orphans.collect();
  }

  async #perform({ id }: LeasedEndpoint, gone: AbortSignal): Promise<void> {
    const { store, looks, clock, work, logger } = this.#options;
    const endpoint = await store.get(id);
    if (!endpoint) return;
    let due: number | undefined = clock.now() + STUMBLE_MS;
    let { revision } = endpoint;
    try {
      const outcome = await looks.at(endpoint);
      // The one who took it over has decided by itself.
      if (gone.aborted) return;
      const after = await this.#settle(endpoint, outcome);
      revision = after.revision;
      due = after.due;
    } catch (error) {
      const isRace = (error as Error).name === 'ConflictError';
      if (isRace) due = clock.now();
      else {
        logger.warn(
          `Evaluation endpoint ${id} is looked at again later: ${stringifyError(
            error,
          )}`,
        );
      }
    }
    await work.release(id, { revision, due });
  }

  async #settle(
    endpoint: EndpointRecord,
    outcome: Outcome,
  ): Promise<{ revision: number; due: number | undefined }> {
    const { auditor, changes, clock, outbox, signal, transactions } =
      this.#options;
    if ('command' in outcome) {
      const { command, facts } = outcome;
      const { id } = endpoint;
      const changed = await audited(
        auditor,
        { eventId: 'model-endpoint-change', meta: { id, command } },
        () =>
          transactions.run(tx => changes.apply(tx, endpoint, command, facts)),
      );
      signal.changed();
      outbox.deliverSoon();
      // What it is now is looked at at once, if there is anything left to do.
      const isSettled =
        changed.ended !== undefined && changed.keyState !== 'issued';
      return {
        revision: changed.revision,
        due: isSettled ? undefined : clock.now(),
      };
    }
    const { waitMs } = outcome;
    const due = Number.isFinite(waitMs) ? clock.now() + waitMs : undefined;
    return { due, revision: await this.#keep(endpoint, outcome) };
  }

  /** Writes what is known now, where it differs. */
  async #keep(
    endpoint: EndpointRecord,
    { changes = {}, event, notice }: Extract<Outcome, { waitMs: number }>,
  ): Promise<number> {
    const { clock, outbox, signal, store, transactions } = this.#options;
    if (!differs(endpoint, changes) && !event && !notice) {
      return endpoint.revision;
    }
    const { revision } = await transactions.run(async tx => {
      const changed = await store.change(tx, endpoint, changes);
      const at = clock.shown(clock.now()).toISOString();
      if (event) await store.note(tx, changed, { ...event, at });
      if (notice) await outbox.add(tx, [notice]);
      return changed;
    });
    signal.changed();
    if (notice) outbox.deliverSoon();
    return revision;
  }

  /** Changes are hints; looks find what a watch has missed. */
  async #watch(engineId: string): Promise<void> {
    const { engines, views, work, logger } = this.#options;
    const { stopping } = this.#work;
    let pause = FIRST_WATCH_MS;
    while (!stopping.aborted) {
      const began = performance.now();
      try {
        await engines.find(engineId)?.watch?.(id => {
          views.forget(engineId);
          work
            .hasten(id)
            .then(() => this.wake())
            .catch(() => undefined);
        }, stopping);
      } catch (error) {
        logger.debug(`Changes at ${engineId} are not heard of: ${error}`);
      }
      pause =
        performance.now() - began > LONGEST_WATCH_MS
          ? FIRST_WATCH_MS
          : Math.min(pause * 2, LONGEST_WATCH_MS);
      await rest(pause, stopping);
    }
  }
}

/** Whether a change says something new. */
function differs(endpoint: EndpointRecord, changes: RowChanges): boolean {
  const known: RowChanges = {
    message: endpoint.message ?? null,
    progress: endpoint.progress ?? null,
    url: endpoint.url ?? null,
    served_model: endpoint.servedModel ?? null,
    key_state: endpoint.keyState,
    attempts: endpoint.attempts,
    warned: endpoint.warned,
  };
  return (Object.keys(changes) as Array<keyof RowChanges>).some(
    name => (changes[name] ?? null) !== (known[name] ?? null),
  );
}

async function rest(ms: number, stopping: AbortSignal): Promise<void> {
  if (stopping.aborted) return;
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, ms);
    stopping.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
