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
import { periodOf, type PreparedFact, type RollupWriter } from '../rollups';
import { Fold } from './fold';
import { GroupCommit } from './GroupCommit';
import { TOTAL_SUMS } from './rows';
import { isTakenMeanwhile, rememberTaken } from './takenRecords';

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

/** Rows that one statement deletes, so that nobody waits for long. */
const PRUNED_AT_ONCE = 5_000;

/** Records of one transaction: what waits is taken together. */
const RECORDS_AT_ONCE = 20_000;

/** A batch as it came, checked. */
interface Delivery {
  gatewayId: string;
  batchId: string;
  records: UsageRecord[];
}

/**
 * Writes what else it knows of records into the transaction that takes them:
 * what counts once there counts once here.
 */
export interface RecordWriter {
  /** @param records - that were not known before, of one or more batches */
  add(tx: Knex.Transaction, records: UsageRecord[]): Promise<void>;
}

/**
 * Takes what gateways report: each batch once, and each record once. Batches
 * that come while others are being taken are taken together.
 */
export class IngestService {
  static create(options: {
    knex: Knex;
    clock: Clock;
    retentionDays: number;
    rollups: RollupWriter;
    writers?: RecordWriter[];
    /** Hears of the records that were new, when they are in the database. */
    onTaken: (records: UsageRecord[]) => void;
  }): IngestService {
    return new IngestService(options);
  }

  readonly #options: Parameters<typeof IngestService.create>[0];
  readonly #groups: GroupCommit<Delivery, UsageReceipt>;

  private constructor(options: Parameters<typeof IngestService.create>[0]) {
    this.#options = options;
    this.#groups = GroupCommit.create({
      take: deliveries => this.#takeTogether(deliveries),
      weightOf: ({ records }) => records.length,
      most: RECORDS_AT_ONCE,
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
    return this.#groups.add({ gatewayId, batchId, records });
  }

  /** Forgets which records and batches were taken after their time; sums stay. */
  async prune(): Promise<void> {
    const { knex, clock, retentionDays } = this.#options;
    const before = clock.now().getTime() - retentionDays * DAY_MS;
    const first = periodOf('day', before);
    for (;;) {
      const [{ day }] = await knex('usage_taken').min({ day: 'day' });
      if (day === null || day >= first) break;
      await knex('usage_taken').where({ day }).delete();
    }
    const at = new Date(before).toISOString();
    await knex('usage_scopes').where('day', '<', at.slice(0, 10)).delete();
    // Of older releases.
    for (;;) {
      const deleted = await knex('usage_records')
        .whereIn(
          'id',
          knex('usage_records')
            .select('id')
            .where('at', '<', at)
            .limit(PRUNED_AT_ONCE),
        )
        .delete();
      if (deleted < PRUNED_AT_ONCE) break;
    }
    await knex('usage_batches').where('received_at', '<', at).delete();
  }

  async #takeTogether(deliveries: Delivery[]): Promise<UsageReceipt[]> {
    const { knex, rollups, onTaken } = this.#options;
    const fold = Fold.of(deliveries.flatMap(({ records }) => records));
    const isKnown = fold.knownModels();
    // Outside of the transaction, and the same whichever records are new.
    const facts = await rollups.prepare(fold.facts(), n => isKnown[n]);
    const write = () =>
      inTransaction(knex, tx => this.#write(tx, deliveries, { fold, facts }));
    const { receipts, taken } = await write().catch(error => {
      // What the other replica took is known now.
      if (isTakenMeanwhile(error)) return write();
      throw error;
    });
    if (taken.length > 0) onTaken(taken);
    return receipts;
  }

  async #write(
    tx: Knex.Transaction,
    deliveries: Delivery[],
    all: { fold: Fold; facts: PreparedFact[] },
  ): Promise<{ receipts: UsageReceipt[]; taken: UsageRecord[] }> {
    const { clock, rollups, writers = [] } = this.#options;
    const receivedAt = clock.now().toISOString();
    const claimed = await this.#claim(tx, deliveries, receivedAt);
    const reported = [...claimed].flatMap(({ records }) => records);
    const isNew = await rememberTaken(tx, reported);
    const taken = reported.filter((_, n) => isNew[n]);
    if (taken.length > 0) {
      const isAll =
        claimed.size === deliveries.length && taken.length === reported.length;
      const fold = isAll ? all.fold : Fold.of(taken);
      await this.#addSums(tx, fold);
      await rollups.add(tx, isAll ? all.facts : preparedAgain(fold, all));
      for (const writer of writers) await writer.add(tx, taken);
    }
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
    const rows: BatchRow[] = await tx<BatchRow>('usage_batches').whereIn(
      'batch_id',
      repeats.map(({ batchId }) => batchId),
    );
    rows.forEach(row => answers.set(row.batch_id, toReceipt(row)));
    return {
      taken,
      receipts: deliveries.map(({ batchId }) => {
        const answer = answers.get(batchId);
        if (!answer) throw new Error('A batch that was taken is not found');
        return answer;
      }),
    };
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

  async #addSums(tx: Knex.Transaction, fold: Fold): Promise<void> {
    await addToSums(tx, 'usage_totals', fold.totals(), {
      keys: ['id'],
      sums: TOTAL_SUMS,
    });
    await addToSums(tx, 'usage_spend', fold.spend(), {
      keys: ['month', 'budget_id', 'currency'],
      sums: ['calls', 'cost_micros'],
    });
    await addToSums(tx, 'usage_scopes', fold.scopes(), {
      keys: ['id'],
      sums: ['calls'],
      greatest: ['last_at'],
    });
    await addToSums(tx, 'usage_uncovered', fold.uncovered(), {
      keys: ['id'],
      sums: ['calls'],
      least: ['first_at'],
      greatest: ['last_at'],
    });
  }
}

/** The facts of some of the records, by the numbers that were found for all of them. */
function preparedAgain(
  fold: Fold,
  all: { fold: Fold; facts: PreparedFact[] },
): PreparedFact[] {
  const prepared = new Map(
    all.fold.lines().map((line, n) => [line, all.facts[n]]),
  );
  const facts = fold.facts();
  return fold.lines().flatMap((line, n) => {
    const found = prepared.get(line);
    return found ? [{ ids: found.ids, fact: facts[n] }] : [];
  });
}
