import type { Knex } from 'knex';
import { beginOf, modelHash, periodOf } from '../rollups';
import { NUMBERS } from '../rollups/tables';

/** When a series was last called. */
export interface SeriesCall {
  model: string;
  team: string;
  component: string;
  profile: string;
  tier: string;
  /** `YYYY-MM-DD`; the first of a month where months are looked at. */
  day: string;
}

/**
 * Which series were called, without adding up: each is looked at from its end,
 * so that many days cost no more than few.
 */
export class LastCallStore {
  static create(options: { knex: Knex }): LastCallStore {
    return new LastCallStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @param options - `models` are gateway ids, all without; days are looked at without `level` */
  async since(
    from: Date,
    options: { models?: string[]; level?: 'day' | 'month' } = {},
  ): Promise<SeriesCall[]> {
    const knex = this.#knex;
    const { level = 'day' } = options;
    const last = knex({ n: NUMBERS[level] })
      .select('n.at')
      .where('n.series_id', knex.ref('s.id'))
      .where('n.at', '>=', periodOf(level, from.getTime()))
      .where('n.calls', '>', 0)
      .orderBy('n.at', 'desc')
      .limit(1);
    const series = knex({ s: 'usage_series' }).select(
      's.model_id',
      's.team_id',
      's.component_id',
      's.profile_id',
      's.tier',
      last.as('at'),
    );
    if (options.models) {
      series.whereIn(
        's.model_id',
        knex('usage_models')
          .select('id')
          .whereIn('model_hash', options.models.map(modelHash)),
      );
    }
    const rows: Array<Omit<SeriesCall, 'day'> & { at: number }> = await knex
      .from(series.as('c'))
      .join({ m: 'usage_models' }, 'm.id', 'c.model_id')
      .join({ team: 'usage_names' }, 'team.id', 'c.team_id')
      .join({ component: 'usage_names' }, 'component.id', 'c.component_id')
      .join({ profile: 'usage_names' }, 'profile.id', 'c.profile_id')
      .whereNotNull('c.at')
      .select({
        model: 'm.model',
        team: 'team.name',
        component: 'component.name',
        profile: 'profile.name',
        tier: 'c.tier',
        at: 'c.at',
      });
    return rows.map(({ at, ...names }) => ({
      ...names,
      day: new Date(beginOf(level, at)).toISOString().slice(0, 10),
    }));
  }
}
