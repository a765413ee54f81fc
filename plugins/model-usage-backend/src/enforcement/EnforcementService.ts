import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  UncoveredProfile,
  UncoveredUse,
} from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import type { Visibility } from '../access';
import { pageOf, pageWithCursor } from '../database';
import { profilesSeen } from '../totals';

/** Which calls a report is about. */
interface ReportQuery {
  profile?: string;
  days?: number;
  cursor?: string;
  limit?: number;
}

interface Row {
  profile: string;
  model: string;
  key_id: string;
  code: string;
  calls: number | string;
  first_at: string;
  last_at: string;
}

const DAY_MS = 24 * 3600_000;
const USUAL_DAYS = 30;

/** What enforcing would refuse, from the calls of profiles that observe or warn. */
export class EnforcementService {
  static create(options: {
    knex: Knex;
    clock: Clock;
    visibility: Visibility;
  }): EnforcementService {
    return new EnforcementService(options);
  }

  readonly #options: Parameters<typeof EnforcementService.create>[0];

  private constructor(
    options: Parameters<typeof EnforcementService.create>[0],
  ) {
    this.#options = options;
  }

  /** What would be refused: model by model, key by key, reason by reason. */
  async report(
    credentials: BackstageCredentials,
    query: ReportQuery,
  ): Promise<{
    from: string;
    calls: number;
    items: UncoveredUse[];
    nextCursor?: string;
  }> {
    const page = pageOf(query);
    const { from, seen } = await this.#seen(credentials, query);
    const [{ total }] = await seen().sum({ total: 'calls' });
    const select = seen()
      .select('profile', 'model', 'key_id', 'code')
      .sum({ calls: 'calls' })
      .min({ first_at: 'first_at' })
      .max({ last_at: 'last_at' })
      .groupBy('profile', 'model', 'key_id', 'code')
      .orderBy([
        { column: 'calls', order: 'desc' },
        'profile',
        'model',
        'key_id',
        'code',
      ])
      .offset(page.offset)
      .limit(page.limit + 1);
    const rows = (await select) as unknown as Row[];
    const { items, nextCursor } = pageWithCursor(rows, page);
    return {
      from,
      calls: Number(total ?? 0),
      items: items.map(row => ({
        profile: row.profile,
        model: row.model,
        keyId: row.key_id,
        code: row.code,
        calls: Number(row.calls),
        firstAt: row.first_at,
        lastAt: row.last_at,
      })),
      nextCursor,
    };
  }

  /** How much of each profile would be refused. */
  async profiles(
    credentials: BackstageCredentials,
    query: ReportQuery,
  ): Promise<{ from: string; items: UncoveredProfile[]; nextCursor?: string }> {
    const page = pageOf(query);
    const { from, seen } = await this.#seen(credentials, query);
    const select = seen()
      .select('profile')
      .sum({ calls: 'calls' })
      .countDistinct({ models: 'model', keys: 'key_id' })
      .min({ first_at: 'first_at' })
      .max({ last_at: 'last_at' })
      .groupBy('profile')
      .orderBy([{ column: 'calls', order: 'desc' }, 'profile'])
      .offset(page.offset)
      .limit(page.limit + 1);
    const rows = (await select) as unknown as Array<
      Row & Record<'models' | 'keys', number | string>
    >;
    const { items, nextCursor } = pageWithCursor(rows, page);
    return {
      from,
      items: items.map(row => ({
        profile: row.profile,
        calls: Number(row.calls),
        models: Number(row.models),
        keys: Number(row.keys),
        firstAt: row.first_at,
        lastAt: row.last_at,
      })),
      nextCursor,
    };
  }

  /** The calls that the caller may know of. */
  async #seen(credentials: BackstageCredentials, query: ReportQuery) {
    const { knex, clock, visibility } = this.#options;
    const profiles = await profilesSeen(visibility, credentials, query.profile);
    const days = Number(query.days ?? USUAL_DAYS);
    const day = new Date(clock.now().getTime() - (days - 1) * DAY_MS)
      .toISOString()
      .slice(0, 10);
    return {
      from: `${day}T00:00:00.000Z`,
      seen: () => {
        const select = knex('usage_uncovered').where('day', '>=', day);
        return profiles ? select.whereIn('profile', profiles) : select;
      },
    };
  }
}
