import type { Checklist, Tier } from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
/** Fewer say nothing. */
const ENOUGH = 5;
/** What was longer ago was decided by other people under other rules. */
const LOOK_BACK_DAYS = 180;
const MOST = 500;

export interface Decided {
  purpose: string;
  hours: number;
}

const round = (hours: number) => Math.round(hours * 100) / 100;

/** The value below which this share of them lies; of a sorted list. */
function quantile(sorted: number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const high = Math.ceil(at);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/**
 * How long it takes, from what similar requests took: those of the same tier and
 * purpose where there were enough, else those of the tier. Undefined where there
 * were not enough of either.
 */
export function estimateOf(
  decided: Decided[],
  purpose: string | undefined,
): Checklist['estimate'] {
  const same = decided.filter(one => one.purpose === purpose);
  const like = same.length >= ENOUGH ? 'purpose' : 'tier';
  const counted = like === 'purpose' ? same : decided;
  if (counted.length < ENOUGH) return undefined;
  const hours = counted.map(one => one.hours).sort((a, b) => a - b);
  return {
    medianHours: round(quantile(hours, 0.5)),
    slowestTenthHours: round(quantile(hours, 0.9)),
    requests: counted.length,
    like,
  };
}

/** What requests at a tier took from when they were made until they were approved. */
export async function decidedAt(
  knex: Knex,
  tier: Tier,
  clock: Clock,
): Promise<Decided[]> {
  const since = new Date(
    clock.now().getTime() - LOOK_BACK_DAYS * DAY_MS,
  ).toISOString();
  const rows: Array<{
    purpose: string;
    created_at: string;
    approved_at: string;
  }> = await knex('approvals')
    .where({ tier, kind: 'standard' })
    .where('approved_at', '>=', since)
    .orderBy('approved_at', 'desc')
    .limit(MOST)
    .select('purpose', 'created_at', 'approved_at');
  return rows.map(row => ({
    purpose: row.purpose,
    hours: (Date.parse(row.approved_at) - Date.parse(row.created_at)) / HOUR_MS,
  }));
}
