import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { OwnCalledModel } from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { monthOf } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import type { Visibility } from '../access';

const DAY_MS = 24 * 3600_000;
const USUAL_DAYS = 30;
const MOST = 1_000;

/** Which models somebody's own profiles, teams and keys called. */
export class OwnCalledModels {
  static create(options: {
    knex: Knex;
    clock: Clock;
    visibility: Visibility;
  }): OwnCalledModels {
    return new OwnCalledModels(options);
  }

  readonly #options: Parameters<typeof OwnCalledModels.create>[0];

  private constructor(options: Parameters<typeof OwnCalledModels.create>[0]) {
    this.#options = options;
  }

  async list(
    credentials: BackstageCredentials,
    query: { days?: number },
  ): Promise<{ items: OwnCalledModel[] }> {
    const { knex, clock, visibility } = this.#options;
    const own = await visibility.ofOwn(credentials);
    const days = Number(query.days ?? USUAL_DAYS);
    const from = new Date(clock.now().getTime() - days * DAY_MS);
    const rows = (await knex('usage_totals')
      .where('month', '>=', monthOf(from))
      .where(mine =>
        mine
          .whereIn('profile', own.profiles)
          .orWhereIn('team', own.teams)
          .orWhereIn('key_id', own.keys),
      )
      .groupBy('model')
      .select('model')
      .select(knex.raw('SUM(calls - refused) AS answered'))
      .havingRaw('SUM(calls - refused) > 0')
      .orderBy([{ column: 'answered', order: 'desc' }, 'model'])
      .limit(MOST)) as Array<{ model: string; answered: number | string }>;
    return {
      items: rows.map(({ model, answered }) => ({
        model,
        calls: Number(answered),
      })),
    };
  }
}
