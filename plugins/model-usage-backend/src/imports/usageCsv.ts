import { TIERS, canonicalJson, type Tier } from '@modelhub/governance-protocol';
import type { ReportedUsage } from '@modelhub/backstage-plugin-models-node';
import { reportedProblem } from '../sources';
import { csvRows, type CsvRow } from './csvRows';
import { countOfText, microsOfText } from './decimals';
import type { ReadFile, ReadRow, RowProblem } from './types';

/** Columns of counts, and what they are called in an item. */
const COUNTS = {
  calls: 'calls',
  refused: 'refused',
  client_errors: 'clientErrors',
  throttled: 'throttled',
  server_errors: 'serverErrors',
  cached: 'cached',
  input_tokens: 'inputTokens',
  output_tokens: 'outputTokens',
  cached_input_tokens: 'cachedInputTokens',
} as const;

/** Columns that may be absent. */
const OPTIONAL = [
  'id',
  'version',
  'caller',
  'profile',
  'tier',
  ...Object.keys(COUNTS),
  'cost',
  'currency',
];

const ENTITY_REF =
  /^(group|component|user|system|api|resource):[^\s/]+\/[^\s/]+$/i;

const DAY_MS = 24 * 3_600_000;

/** The moment that a text says in UTC or with its offset; days begin at midnight in UTC. */
function momentOf(text: string, now: Date): string {
  if (
    !/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/.test(
      text,
    )
  ) {
    throw new Error(
      `'${text}' in column at is no day like 2026-11-21 and no moment like 2026-11-21T14:00:00Z`,
    );
  }
  const at = Date.parse(text.replace(' ', 'T'));
  if (!Number.isFinite(at)) throw new Error(`There is no ${text}`);
  if (at > now.getTime() + DAY_MS) throw new Error(`${text} is yet to come`);
  return new Date(at).toISOString();
}

function itemOf({ cells, problem }: CsvRow, now: Date): ReportedUsage {
  if (problem !== undefined) throw new Error(problem);
  const { at, model, version, caller, profile, tier, cost, currency } = cells;
  if (at === undefined) throw new Error('column at is empty');
  if (model === undefined) throw new Error('column model is empty');
  if (tier !== undefined && !TIERS.some(it => it === tier)) {
    throw new Error(`'${tier}' in column tier is none of ${TIERS.join(', ')}`);
  }
  if (caller !== undefined && !ENTITY_REF.test(caller)) {
    throw new Error(
      `'${caller}' in column caller is no entity ref like group:default/checkout`,
    );
  }
  const counts: Partial<Record<(typeof COUNTS)[keyof typeof COUNTS], number>> =
    {};
  for (const [column, name] of Object.entries(COUNTS)) {
    const text = cells[column];
    if (text !== undefined) {
      const value = countOfText(text);
      if (value === undefined) {
        throw new Error(
          `'${text}' in column ${column} is no whole number like 1200`,
        );
      }
      counts[name] = value;
    }
  }
  const costMicros = cost === undefined ? undefined : microsOfText(cost);
  if (cost !== undefined && costMicros === undefined) {
    throw new Error(`'${cost}' in column cost is no number like 12.50`);
  }
  if ((costMicros === undefined) !== (currency === undefined)) {
    throw new Error('cost and currency come together');
  }
  const {
    refused = 0,
    clientErrors = 0,
    throttled = 0,
    serverErrors = 0,
  } = counts;
  const { calls = 1, cached = 0 } = counts;
  if (refused + clientErrors + throttled + serverErrors + cached > calls) {
    throw new Error(
      'refused, client_errors, throttled, server_errors and cached together are more than calls',
    );
  }
  if ((counts.cachedInputTokens ?? 0) > (counts.inputTokens ?? 0)) {
    throw new Error('cached_input_tokens is a part of input_tokens');
  }
  const item: ReportedUsage = {
    id: cells.id ?? '-',
    at: momentOf(at, now),
    model,
    version,
    caller: caller?.toLowerCase(),
    profile,
    tier: tier as Tier | undefined,
    ...counts,
    costMicros,
    currency,
  };
  const wrong = reportedProblem(item);
  if (wrong !== undefined) throw new Error(wrong);
  return item;
}

/**
 * Usage in our own columns. A row without an id is named by what it tells, and
 * by how many rows before it in the file tell the same.
 *
 * @throws InputError when it is no such file
 */
export function readUsageCsv(content: string, now: Date): ReadFile {
  const rows = csvRows(content, { required: ['at', 'model'], known: OPTIONAL });
  const good: ReadRow[] = [];
  const problems: RowProblem[] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    try {
      const item = itemOf(row, now);
      if (row.cells.id === undefined) {
        const { id: _, ...told } = item;
        const name = canonicalJson(JSON.parse(JSON.stringify(told)));
        const before = seen.get(name) ?? 0;
        seen.set(name, before + 1);
        item.id = `${name} ${before}`;
      } else {
        item.id = `id ${row.cells.id}`;
      }
      good.push({ line: row.line, item });
    } catch (error) {
      problems.push({ line: row.line, message: (error as Error).message });
    }
  }
  return { rows: rows.length, good, problems, unmapped: [] };
}
