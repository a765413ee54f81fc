import type { GroupKey, Level, Sums } from './types';

/** Tables of numbers by level. */
export const NUMBERS: Record<Level, string> = {
  minute: 'usage_minutes',
  hour: 'usage_hours',
  day: 'usage_days',
  month: 'usage_months',
};

/** What is summed up once more, because whole organisations ask for it. */
export type PartKind = 'tier' | 'caller' | 'model';

/** Tables of numbers of parts, for the levels that have them. */
export const PARTS: Partial<Record<Level, string>> = {
  day: 'usage_part_days',
  month: 'usage_part_months',
};

/** Names that the parts of a kind know, beside the period. */
const NAMES_OF_PART: Record<PartKind, GroupKey[]> = {
  tier: ['tier', 'currency', 'source'],
  caller: ['team', 'component', 'currency', 'source'],
  model: ['model', 'version', 'currency', 'source'],
};

/** The parts that suffice for a question, which are few; none where only all series do. */
export function partsFor(
  level: Level,
  names: Iterable<GroupKey>,
): { kind: PartKind; table: string } | undefined {
  const table = PARTS[level];
  if (!table) return undefined;
  const asked = [...names].filter(name => name !== 'at');
  const kind = (Object.keys(NAMES_OF_PART) as PartKind[]).find(it =>
    asked.every(name => NAMES_OF_PART[it].includes(name)),
  );
  return kind && { kind, table };
}

/** In which weeks each series was called: a bit for each week of a block. */
export const WEEKS = 'usage_called_weeks';

/** As many bits as both databases and JavaScript have in one number. */
export const WEEKS_OF_BLOCK = 31;

/** Tables of sketches by level. */
export const SKETCHES: Record<Level, string> = {
  minute: 'usage_sketches_minutes',
  hour: 'usage_sketches_hours',
  day: 'usage_sketches_days',
  month: 'usage_sketches_months',
};

/** Columns of sums. */
export const COLUMN_OF: Record<keyof Sums, string> = {
  calls: 'calls',
  refused: 'refused',
  unavailable: 'unavailable',
  clientErrors: 'client_errors',
  throttled: 'throttled',
  serverErrors: 'server_errors',
  declined: 'declined',
  cached: 'cached',
  unpricedCalls: 'unpriced_calls',
  estimatedCalls: 'estimated_calls',
  inputTokens: 'input_tokens',
  outputTokens: 'output_tokens',
  cachedInputTokens: 'cached_input_tokens',
  costMicros: 'cost_micros',
};
