import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { periodOf, weekOfDay } from '../../rollups';
import { WEEKS, WEEKS_OF_BLOCK } from '../../rollups/tables';

/** In which weeks a team or component called a model, as bits from the first week on. */
export interface UsedRow {
  team: string;
  component: string;
  model: string;
  weeks: bigint;
}

/** Bits of one number in both databases. */
const MOST_WEEKS = 62;

/** Who used what in which weeks: a year of all series becomes one row each. */
export class AdoptionStore {
  static create(options: { knex: Knex }): AdoptionStore {
    return new AdoptionStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @param first - a Monday */
  async used(first: Date, weeks: number): Promise<UsedRow[]> {
    const rows: UsedRow[] = [];
    for (let from = 0; from < weeks; from += MOST_WEEKS) {
      const count = Math.min(MOST_WEEKS, weeks - from);
      const week = weekOfDay(periodOf('day', first.getTime())) + from;
      rows.push(...(await this.#part(week, count, BigInt(from))));
    }
    return rows;
  }

  /** Of fewer than 63 weeks. */
  async #part(first: number, weeks: number, shift: bigint): Promise<UsedRow[]> {
    const knex = this.#knex;
    const long = isPostgres(knex) ? 'weeks::bigint' : 'weeks';
    const blockOf = (week: number) => Math.floor(week / WEEKS_OF_BLOCK);
    // Bits of different blocks differ, so their sum has all of them.
    const bits = `CAST(sum((CASE WHEN at * ${WEEKS_OF_BLOCK} < CAST(? AS int)
      THEN ${long} >> (CAST(? AS int) - at * ${WEEKS_OF_BLOCK})
      ELSE ${long} << (at * ${WEEKS_OF_BLOCK} - CAST(? AS int)) END) & CAST(? AS bigint)) AS TEXT) AS weeks`;
    const mask = 2n ** BigInt(weeks) - 1n;
    const series = knex(WEEKS)
      .whereBetween('at', [blockOf(first), blockOf(first + weeks - 1)])
      .groupBy('series_id')
      .select('series_id', knex.raw(bits, [first, first, first, String(mask)]));
    const rows: Array<{
      team: string;
      component: string;
      model: string;
      weeks: string;
    }> = await knex
      .with('used', series)
      .from('used')
      .join({ s: 'usage_series' }, 's.id', 'used.series_id')
      .join({ m: 'usage_models' }, 'm.id', 's.model_id')
      .join({ team: 'usage_names' }, 'team.id', 's.team_id')
      .join({ component: 'usage_names' }, 'component.id', 's.component_id')
      .select({
        team: 'team.name',
        component: 'component.name',
        model: 'm.model',
        weeks: 'used.weeks',
      });
    return rows.map(row => ({ ...row, weeks: BigInt(row.weeks) << shift }));
  }
}
