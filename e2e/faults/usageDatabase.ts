import type { Ingested } from '../../packages/model-gateway/src/__testUtils__/faults/judge';
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

/** Reads them when the backends have ended. */
export async function readUsage(
  config: Knex.Config,
  budget: string,
): Promise<Usage> {
  const knex = knexFactory(config);
  try {
    const records: Ingested[] = await knex('usage_records').select(
      'id',
      'status',
      'attempts',
      'code',
      'trace',
    );
    const [spend] = await knex('usage_spend')
      .where({ budget_id: budget })
      .sum({ micros: 'cost_micros' });
    const disagreements: string[] = [];
    const sums = ['calls', 'input_tokens', 'output_tokens', 'cost_micros'];
    const [ofRecords, ofTotals] = await Promise.all(
      ['usage_records', 'usage_totals'].map(table =>
        knex(table).sum(Object.fromEntries(sums.map(name => [name, name]))),
      ),
    );
    for (const name of sums) {
      const [a, b] = [ofRecords[0][name], ofTotals[0][name]].map(Number);
      if (a !== b) {
        disagreements.push(
          `Single records have ${name} ${a}, and the monthly sums ${b}`,
        );
      }
    }
    const keyId = budget.slice('key:'.length);
    const [own] = await knex('usage_records')
      .where({ key_id: keyId })
      .sum({ micros: 'cost_micros' });
    if (Number(own.micros) !== Number(spend.micros)) {
      disagreements.push(
        `Records of the key with a budget cost ${own.micros}, and what stands as spent is ${spend.micros}`,
      );
    }
    return {
      ingested: records.map(it => ({
        ...it,
        code: it.code ?? undefined,
        trace: it.trace ?? undefined,
      })),
      spentMicros: Number(spend.micros ?? 0),
      disagreements,
    };
  } finally {
    await knex.destroy();
  }
}
