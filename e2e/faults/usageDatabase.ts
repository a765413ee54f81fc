import type { Ingested } from '../../packages/model-gateway/src/__testUtils__/faults/judge';
import type { UsageBatch } from '@modelhub/governance-protocol';
import knexFactory, { type Knex } from 'knex';

/** Where a plugin's tables are. */
export type DatabaseOf = (pluginId: string) => Knex.Config;

/** What the usage backend has, as it stands in its tables. */
export interface Usage {
  ingested: Ingested[];
  /** Millionths that stand as spent for a budget, in all months. */
  spentMicros: number;
  /** What single records and sums disagree about. */
  disagreements: string[];
}

/** Sums that single records and the usage backend have in common. */
const SUMS = {
  calls: { column: 'calls', place: 14 },
  inputTokens: { column: 'input_tokens', place: 24 },
  outputTokens: { column: 'output_tokens', place: 25 },
  costMicros: { column: 'cost_micros', place: 27 },
} as const;

/** What the usage backend took and has not added to its sums yet. */
interface Pending {
  fold: { rows: Array<Array<string | number>> };
}

/**
 * Reads them when the backends have ended.
 *
 * @param batches - that gateways sent, each once
 */
export async function readUsage(
  config: Knex.Config,
  budget: string,
  batches: UsageBatch[],
): Promise<Usage> {
  const knex = knexFactory(config);
  try {
    const taken = new Set<string>(
      await knex('usage_batches').pluck('batch_id'),
    );
    const records = batches
      .filter(({ batchId }) => taken.has(batchId))
      .flatMap(it => it.records);
    const [spend] = await knex('usage_spend')
      .where({ budget_id: budget })
      .sum({ micros: 'cost_micros' });
    const waiting: Array<{ sums: Buffer }> = await knex('usage_pending');
    const rows = waiting.flatMap(
      ({ sums }) => (JSON.parse(sums.toString('utf8')) as Pending).fold.rows,
    );
    const disagreements: string[] = [];
    for (const [name, { column, place }] of Object.entries(SUMS)) {
      const [total] = await knex('usage_totals').sum({ sum: column });
      const ofTotals = rows.reduce(
        (sum, row) => sum + Number(row[place]),
        Number(total.sum),
      );
      const ofRecords = records.reduce((sum, it) => {
        const value = it[name as keyof typeof SUMS];
        return sum + (value ?? (name === 'calls' ? 1 : 0));
      }, 0);
      if (ofRecords !== ofTotals) {
        disagreements.push(
          `Single records have ${name} ${ofRecords}, and the monthly sums ${ofTotals}`,
        );
      }
    }
    const keyId = budget.slice('key:'.length);
    const ownMicros = records
      .filter(it => it.keyId === keyId)
      .reduce((sum, { costMicros = 0 }) => sum + costMicros, 0);
    if (ownMicros !== Number(spend.micros)) {
      disagreements.push(
        `Records of the key with a budget cost ${ownMicros}, and what stands as spent is ${spend.micros}`,
      );
    }
    return {
      ingested: records.map(({ id, status, attempts, code, trace }) => ({
        id,
        status,
        attempts,
        code,
        trace,
      })),
      spentMicros: Number(spend.micros ?? 0),
      disagreements,
    };
  } finally {
    await knex.destroy();
  }
}
