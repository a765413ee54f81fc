import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CalledScope } from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import type { Visibility } from '../access';
import { profilesSeen } from './TotalsService';

const DAY_MS = 24 * 3600_000;
const USUAL_DAYS = 30;
const MOST = 10_000;

interface Row extends Omit<CalledScope, 'calls' | 'lastAt'> {
  calls: number | string;
  last_at: string;
}

/** What calls were for that passed by an approval. */
export class CalledScopes {
  static create(options: {
    knex: Knex;
    clock: Clock;
    visibility: Visibility;
  }): CalledScopes {
    return new CalledScopes(options);
  }

  readonly #options: Parameters<typeof CalledScopes.create>[0];

  private constructor(options: Parameters<typeof CalledScopes.create>[0]) {
    this.#options = options;
  }

  async list(
    credentials: BackstageCredentials,
    query: { days?: number },
  ): Promise<{ from: string; to: string; items: CalledScope[] }> {
    const { knex, clock, visibility } = this.#options;
    const profiles = await profilesSeen(visibility, credentials, undefined);
    const to = clock.now();
    const days = Number(query.days ?? USUAL_DAYS);
    const from = new Date(to.getTime() - days * DAY_MS).toISOString();
    const select = knex('usage_scopes')
      // Sums are kept by day, so the first day counts as a whole.
      .where('day', '>=', from.slice(0, 10))
      .select('model', 'profile', 'purpose', 'tier')
      .sum({ calls: 'calls' })
      .max({ last_at: 'last_at' })
      .groupBy('model', 'profile', 'purpose', 'tier')
      .orderBy([
        { column: 'calls', order: 'desc' },
        'model',
        'profile',
        'purpose',
        'tier',
      ])
      .limit(MOST);
    if (profiles) select.whereIn('profile', profiles);
    const rows = (await select) as unknown as Row[];
    return {
      from,
      to: to.toISOString(),
      items: rows.map(({ calls, last_at: lastAt, ...scope }) => ({
        ...scope,
        calls: Number(calls),
        lastAt,
      })),
    };
  }
}
