import { InputError } from '@backstage/errors';
import type { UsageReceipt } from '@modelhub/backstage-plugin-models-common';
import {
  type Clock,
  inTransaction,
} from '@modelhub/backstage-plugin-models-node';
import {
  usageBatchProblem,
  type UsageBatch,
  type UsageRecord,
} from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { addToSums, chunksOf } from '../database';
import { factOf, isModelKnown, type RollupWriter } from '../rollups';
import {
  recordRow,
  spendRows,
  TOTAL_SUMS,
  totalRows,
  uncoveredRows,
} from './rows';

interface BatchRow {
  batch_id: string;
  gateway_id: string;
  received_at: string;
  records: number;
  accepted: number;
}

const toReceipt = (row: BatchRow): UsageReceipt => ({
  batchId: row.batch_id,
  receivedAt: row.received_at,
  records: row.records,
  accepted: row.accepted,
});

const DAY_MS = 24 * 3600_000;

/** Rows that one statement deletes, so that nobody waits for long. */
const PRUNED_AT_ONCE = 5_000;

/** Takes what gateways report: each batch once, and each record once. */
export class IngestService {
  static create(options: {
    knex: Knex;
    clock: Clock;
    retentionDays: number;
    rollups: RollupWriter;
    /** Hears of the records that were new, when they are in the database. */
    onTaken: (records: UsageRecord[]) => void;
  }): IngestService {
    return new IngestService(options);
  }

  readonly #options: Parameters<typeof IngestService.create>[0];

  private constructor(options: Parameters<typeof IngestService.create>[0]) {
    this.#options = options;
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
    const { knex, rollups, onTaken } = this.#options;
    const facts = await rollups.prepare(records.map(factOf), n =>
      isModelKnown(records[n]),
    );
    const factOfRecord = new Map(records.map((it, n) => [it, facts[n]]));
    const { receipt, taken } = await inTransaction(knex, async tx => {
      const answer = await this.#takeOnce(tx, gatewayId, batchId, records);
      await rollups.add(
        tx,
        answer.taken.flatMap(it => factOfRecord.get(it) ?? []),
      );
      return answer;
    });
    if (taken.length > 0) onTaken(taken);
    return receipt;
  }

  /** Forgets single records after their time; totals stay. */
  async prune(): Promise<void> {
    const { knex, clock, retentionDays } = this.#options;
    const before = new Date(
      clock.now().getTime() - retentionDays * DAY_MS,
    ).toISOString();
    for (;;) {
      const deleted = await knex('usage_records')
        .whereIn(
          'id',
          knex('usage_records')
            .select('id')
            .where('at', '<', before)
            .limit(PRUNED_AT_ONCE),
        )
        .delete();
      if (deleted < PRUNED_AT_ONCE) break;
    }
    await knex('usage_batches').where('received_at', '<', before).delete();
  }

  async #takeOnce(
    tx: Knex.Transaction,
    gatewayId: string,
    batchId: string,
    records: UsageRecord[],
  ): Promise<{ receipt: UsageReceipt; taken: UsageRecord[] }> {
    const row: BatchRow = {
      batch_id: batchId,
      gateway_id: gatewayId,
      received_at: this.#options.clock.now().toISOString(),
      records: records.length,
      accepted: 0,
    };
    // Waits for another replica that is at the same batch.
    const [claimed] = await tx('usage_batches')
      .insert(row)
      .onConflict('batch_id')
      .ignore()
      .returning('batch_id');
    if (!claimed) {
      const first = await tx<BatchRow>('usage_batches')
        .where({ batch_id: batchId })
        .first();
      return { receipt: toReceipt(first ?? row), taken: [] };
    }
    const taken = await this.#insert(tx, gatewayId, batchId, records);
    await addToSums(tx, 'usage_totals', totalRows(taken), {
      keys: ['id'],
      sums: TOTAL_SUMS,
    });
    await addToSums(tx, 'usage_spend', spendRows(taken), {
      keys: ['month', 'budget_id', 'currency'],
      sums: ['calls', 'cost_micros'],
    });
    await addToSums(tx, 'usage_uncovered', uncoveredRows(taken), {
      keys: ['id'],
      sums: ['calls'],
      least: ['first_at'],
      greatest: ['last_at'],
    });
    await tx('usage_batches')
      .where({ batch_id: batchId })
      .update({ accepted: taken.length });
    return { receipt: toReceipt({ ...row, accepted: taken.length }), taken };
  }

  /** Those that were not known yet. */
  async #insert(
    tx: Knex.Transaction,
    gatewayId: string,
    batchId: string,
    records: UsageRecord[],
  ): Promise<UsageRecord[]> {
    const added = new Set<string>();
    const rows = records
      .map(it => recordRow(it, { batchId, gatewayId }))
      // In one order everywhere, so that two replicas cannot wait for each other.
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const chunk of chunksOf(rows)) {
      const ids: Array<{ id: string }> = await tx('usage_records')
        .insert(chunk)
        .onConflict('id')
        .ignore()
        .returning('id');
      ids.forEach(({ id }) => added.add(id));
    }
    return records.filter(({ id }) => added.has(id));
  }
}
