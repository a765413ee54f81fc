import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { UsageReceipt } from '@modelhub/backstage-plugin-models-common';
import {
  inTransaction,
  type Clock,
} from '@modelhub/backstage-plugin-models-node';
import {
  usageBatchProblem,
  type UsageBatch,
  type UsageRecord,
} from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { addToSums, upsert, type Column } from '../database';
import type { RollupWriter } from '../rollups';
import { GroupCommit } from './GroupCommit';
import { GroupSums, type RecordWriter } from './GroupSums';
import { PendingSums } from './PendingSums';
import { rememberTaken } from './takenRecords';

interface BatchRow {
  batch_id: string;
  gateway_id: string;
  received_at: string;
  records: number;
  accepted: number;
}

const BATCH_COLUMNS: Column[] = [
  { name: 'batch_id', type: 'text' },
  { name: 'gateway_id', type: 'text' },
  { name: 'received_at', type: 'text' },
  { name: 'records', type: 'int' },
  { name: 'accepted', type: 'int' },
];

const toReceipt = (row: BatchRow): UsageReceipt => ({
  batchId: row.batch_id,
  receivedAt: row.received_at,
  records: row.records,
  accepted: row.accepted,
});

const DAY_MS = 24 * 3600_000;

/** Seconds of records that one statement forgets, so that nobody waits for long. */
const FORGOTTEN_AT_ONCE = 3_600;

/** Records of one transaction: what waits is taken together. */
const RECORDS_AT_ONCE = 20_000;

/** Who gets more in a second adds what it gets to the sums now and then. */
const MANY_A_SECOND = 5_000;

const SECOND_MS = 1_000;

const SETTLED_EVERY_MS = 3_000;

/** Beyond so many records, nobody is answered before they are added to the sums. */
const MOST_PENDING = 400_000;

/** A batch as it came, checked. */
interface Delivery {
  gatewayId: string;
  batchId: string;
  records: UsageRecord[];
  /** When the call of each record began, in milliseconds since 1970. */
  times: number[];
}

/** What one transaction took. */
interface Taken {
  receipts: UsageReceipt[];
  records: UsageRecord[];
  /** Absent when nothing was new. */
  kept?: { id: string; sums: GroupSums; records: number };
}

/**
 * Takes what gateways report: each batch once, and each record once. Batches
 * that come while others are being taken are taken together. Where little
 * comes, all sums are written before the answer; where much comes, the answer
 * tells that it is kept safely and counts, and sums follow within seconds.
 */
export class IngestService {
  static create(options: {
    knex: Knex;
    clock: Clock;
    logger: LoggerService;
    retentionDays: number;
    rollups: RollupWriter;
    writers?: RecordWriter[];
    /** Hears of the records that were new, when they are in the database. */
    onTaken: (records: UsageRecord[]) => void;
    /** Hears that sums have changed, which may be a little later. */
    onCounted?: () => void;
  }): IngestService {
    return new IngestService(options);
  }

  readonly #options: Parameters<typeof IngestService.create>[0];
  readonly #writers: RecordWriter[];
  readonly #groups: GroupCommit<Delivery, UsageReceipt>;
  readonly #pending: PendingSums;
  /** Records of the second that began then, by the monotonic clock. */
  #second = { since: 0, records: 0 };
  #willSettle = false;

  private constructor(options: Parameters<typeof IngestService.create>[0]) {
    this.#options = options;
    this.#writers = options.writers ?? [];
    this.#pending = PendingSums.create({ ...options, writers: this.#writers });
    this.#groups = GroupCommit.create({
      take: deliveries => this.#takeTogether(deliveries),
      weightOf: ({ records }) => records.length,
      most: RECORDS_AT_ONCE,
      gather: () => new Promise(resolve => setImmediate(resolve)),
    });
  }

  /** @throws InputError when the batch is not what it should be */
  async take(gatewayId: string, batch: unknown): Promise<UsageReceipt> {
    const problem = usageBatchProblem(batch);
    if (problem !== undefined) {
      throw new InputError(
        `The batch is not taken: ${problem}. Send it again as @modelhub/governance-protocol describes it.`,
      );
    }
    const { batchId, records } = batch as UsageBatch;
    const times = records.map(({ at }) => Date.parse(at));
    return this.#groups.add({ gatewayId, batchId, records, times });
  }

  /** Adds to all sums what was answered before. */
  async settle(): Promise<void> {
    await this.#pending.settle();
  }

  /** Adds to all sums what replicas left that ended in between. */
  async recover(): Promise<void> {
    await this.#pending.recover();
  }

  /** Forgets which records and batches were taken after their time; sums stay. */
  async prune(): Promise<void> {
    const { knex, clock, retentionDays } = this.#options;
    const before = clock.now().getTime() - retentionDays * DAY_MS;
    const at = new Date(before).toISOString();
    const end = Math.floor(before / 1_000);
    for (;;) {
      const [{ first }] = await knex('usage_taken_ids').min({ first: 'at' });
      if (first === null || first >= end) break;
      await knex('usage_taken_ids')
        .where('at', '<', Math.min(end, Number(first) + FORGOTTEN_AT_ONCE))
        .delete();
    }
    // Of older releases.
    await knex('usage_taken')
      .where('day', '<', Math.floor(before / DAY_MS))
      .delete();
    await knex('usage_scopes').where('day', '<', at.slice(0, 10)).delete();
    await knex('usage_batches').where('received_at', '<', at).delete();
  }

  async #takeTogether(deliveries: Delivery[]): Promise<UsageReceipt[]> {
    const { knex, onTaken } = this.#options;
    const whole = GroupSums.of(
      deliveries.flatMap(({ records }) => records),
      deliveries.flatMap(({ times }) => times),
      this.#writers,
    );
    const { receipts, records, kept } = await inTransaction(knex, tx =>
      this.#write(tx, deliveries, whole),
    );
    if (kept) {
      this.#pending.isKept(kept);
      if (this.#isBusy(kept.records)) this.#settleSoon();
      else await this.#pending.settle();
      onTaken(records);
    }
    return receipts;
  }

  /** Whether so much comes that sums are better written together. */
  #isBusy(records: number): boolean {
    const now = performance.now();
    if (now - this.#second.since > SECOND_MS) {
      this.#second = { since: now, records: 0 };
    }
    this.#second.records += records;
    return (
      this.#second.records > MANY_A_SECOND &&
      this.#pending.records <= MOST_PENDING
    );
  }

  #settleSoon(): void {
    if (this.#willSettle) return;
    this.#willSettle = true;
    setTimeout(() => {
      this.#willSettle = false;
      void this.#pending.settle();
    }, SETTLED_EVERY_MS).unref();
  }

  async #write(
    tx: Knex.Transaction,
    deliveries: Delivery[],
    whole: GroupSums,
  ): Promise<Taken> {
    const receivedAt = this.#options.clock.now().toISOString();
    const claimed = await this.#claim(tx, deliveries, receivedAt);
    const reported = [...claimed].flatMap(({ records }) => records);
    const times = [...claimed].flatMap(it => it.times);
    const isNew = await rememberTaken(tx, reported, times);
    const records = reported.filter((_, n) => isNew[n]);
    const isAll =
      claimed.size === deliveries.length && records.length === reported.length;
    const sums = isAll
      ? whole
      : GroupSums.of(
          records,
          times.filter((_, n) => isNew[n]),
          this.#writers,
        );
    const receipts = await this.#receipts(tx, deliveries, {
      claimed,
      isNew,
      receivedAt,
    });
    if (records.length === 0) return { receipts, records };
    // Leases of budgets rely on it as soon as a gateway has its answer.
    await addToSums(tx, 'usage_spend', sums.fold.spend(), {
      keys: ['month', 'budget_id', 'currency'],
      sums: ['calls', 'cost_micros'],
    });
    const id = await this.#pending.keep(tx, sums, records.length);
    return { receipts, records, kept: { id, sums, records: records.length } };
  }

  async #receipts(
    tx: Knex.Transaction,
    deliveries: Delivery[],
    options: {
      claimed: Set<Delivery>;
      isNew: boolean[];
      receivedAt: string;
    },
  ): Promise<UsageReceipt[]> {
    const { claimed, isNew, receivedAt } = options;
    const answers = new Map<string, UsageReceipt>();
    let before = 0;
    for (const { batchId, records } of claimed) {
      const flags = isNew.slice(before, before + records.length);
      const accepted = flags.filter(Boolean).length;
      before += records.length;
      answers.set(batchId, {
        batchId,
        receivedAt,
        records: records.length,
        accepted,
      });
      if (accepted < records.length) {
        const row = tx('usage_batches').where({ batch_id: batchId });
        await row.update({ accepted });
      }
    }
    const repeats = deliveries.filter(({ batchId }) => !answers.has(batchId));
    const rows: BatchRow[] = repeats.length
      ? await tx<BatchRow>('usage_batches').whereIn(
          'batch_id',
          repeats.map(({ batchId }) => batchId),
        )
      : [];
    rows.forEach(row => answers.set(row.batch_id, toReceipt(row)));
    return deliveries.map(({ batchId }) => {
      const answer = answers.get(batchId);
      if (!answer) throw new Error('A batch that was taken is not found');
      return answer;
    });
  }

  /** Those that nobody took before. Waits for another replica that is at one of them. */
  async #claim(
    tx: Knex.Transaction,
    deliveries: Delivery[],
    receivedAt: string,
  ): Promise<Set<Delivery>> {
    const firstOf = new Map<string, Delivery>();
    for (const it of deliveries) {
      if (!firstOf.has(it.batchId)) firstOf.set(it.batchId, it);
    }
    const claimed = await upsert<{ batch_id: string }>(
      tx,
      'usage_batches',
      {
        columns: BATCH_COLUMNS,
        keys: ['batch_id'],
        changes: [],
        returning: ['batch_id'],
      },
      // In one order everywhere, so that two replicas cannot wait for each other.
      [...firstOf.values()]
        .sort((a, b) => (a.batchId < b.batchId ? -1 : 1))
        .map(({ batchId, gatewayId, records }) => [
          batchId,
          gatewayId,
          receivedAt,
          records.length,
          records.length,
        ]),
    );
    return new Set(
      claimed.flatMap(({ batch_id: id }) => firstOf.get(id) ?? []),
    );
  }
}
