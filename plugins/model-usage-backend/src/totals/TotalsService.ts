import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { UsageTotal } from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { monthOf } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import type { Visibility } from '../access';
import { fromMicros } from '../budgets';
import { pageOf, pageWithCursor } from '../database';

interface Row {
  id: string;
  month: string;
  profile: string;
  team: string;
  key_id: string;
  model: string;
  currency: string;
  calls: number | string;
  refused: number | string;
  unpriced_calls: number | string;
  estimated_calls: number | string;
  input_tokens: number | string;
  output_tokens: number | string;
  cached_input_tokens: number | string;
  cost_micros: number | string;
}

/** Sums of a month. */
export class TotalsService {
  static create(options: {
    knex: Knex;
    clock: Clock;
    visibility: Visibility;
  }): TotalsService {
    return new TotalsService(options);
  }

  readonly #options: Parameters<typeof TotalsService.create>[0];

  private constructor(options: Parameters<typeof TotalsService.create>[0]) {
    this.#options = options;
  }

  async list(
    credentials: BackstageCredentials,
    query: {
      month?: string;
      profile?: string;
      cursor?: string;
      limit?: number;
    },
  ): Promise<{ month: string; items: UsageTotal[]; nextCursor?: string }> {
    const { knex, clock, visibility } = this.#options;
    const month = query.month ?? monthOf(clock.now());
    const page = pageOf(query);
    const profiles = await profilesSeen(visibility, credentials, query.profile);
    const select = knex<Row>('usage_totals')
      .where({ month })
      .orderBy([{ column: 'calls', order: 'desc' }, 'id'])
      .offset(page.offset)
      .limit(page.limit + 1);
    if (profiles) select.whereIn('profile', profiles);
    const { items, nextCursor } = pageWithCursor(await select, page);
    return { month, items: items.map(present), nextCursor };
  }
}

/**
 * The profiles that a report may tell of; all without.
 *
 * @throws NotFoundError for one that the caller is not a member of
 */
export async function profilesSeen(
  visibility: Visibility,
  credentials: BackstageCredentials,
  asked: string | undefined,
): Promise<string[] | undefined> {
  const sight = await visibility.ofUsage(credentials);
  if (sight.all) return asked === undefined ? undefined : [asked];
  if (asked === undefined) return sight.profiles;
  if (!sight.profiles.includes(asked)) {
    throw new NotFoundError(
      `You are not a member of an access profile '${asked}'. Its members and the team that runs the gateways see this.`,
    );
  }
  return [asked];
}

function present(row: Row): UsageTotal {
  return {
    profile: row.profile,
    ...(row.team !== '' && { team: row.team }),
    keyId: row.key_id,
    model: row.model,
    ...(row.currency !== '' && {
      currency: row.currency,
      cost: fromMicros(Number(row.cost_micros)),
    }),
    calls: Number(row.calls),
    refused: Number(row.refused),
    unpricedCalls: Number(row.unpriced_calls),
    estimatedCalls: Number(row.estimated_calls),
    inputTokens: Number(row.input_tokens),
    outputTokens: Number(row.output_tokens),
    cachedInputTokens: Number(row.cached_input_tokens),
  };
}
