import type { ReportedUsage } from '@modelhub/backstage-plugin-models-node';

/** The parts of a row of LiteLLM's spend logs that tell something here. */
export interface SpendLog {
  request_id?: unknown;
  startTime?: unknown;
  endTime?: unknown;
  completionStartTime?: unknown;
  model?: unknown;
  /** What the caller asked for. */
  model_group?: unknown;
  team_id?: unknown;
  spend?: unknown;
  prompt_tokens?: unknown;
  completion_tokens?: unknown;
  /** A text: `True`, `False` or `None`. */
  cache_hit?: unknown;
  status?: unknown;
  metadata?: unknown;
}

const textOf = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value : undefined;

const countOf = (value: unknown) =>
  typeof value === 'number' && value > 0 ? Math.round(value) : 0;

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};

/** Some releases leave the zone out; all mean UTC. */
function momentOf(value: unknown): number | undefined {
  const text = textOf(value)?.replace(' ', 'T');
  if (text === undefined) return undefined;
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text);
  const at = Date.parse(hasZone ? text : `${text}Z`);
  return Number.isFinite(at) ? at : undefined;
}

type ErrorClass = 'refused' | 'clientErrors' | 'throttled' | 'serverErrors';

/** By the code that LiteLLM wrote down; without one the endpoint is to blame. */
function errorOf(metadata: Record<string, unknown>): ErrorClass {
  const { error_code: code, error_class: name } = recordOf(
    metadata.error_information,
  );
  if (/access_denied|BudgetExceeded/i.test(String(name ?? ''))) {
    return 'refused';
  }
  const status = Number(code);
  if (status === 429) return 'throttled';
  return status >= 400 && status < 500 ? 'clientErrors' : 'serverErrors';
}

const isEntityRef = (text: string) =>
  /^(?:group|component):[^/]+\/[^/]+$/.test(text);

/** A row as a call; nothing for a row that names no call or no model. */
export function reportedOf(
  row: SpendLog,
  names: { models: Record<string, string>; teams: Record<string, string> },
): ReportedUsage | undefined {
  const id = textOf(row.request_id);
  const begin = momentOf(row.startTime);
  const asked = textOf(row.model_group) ?? textOf(row.model);
  if (id === undefined || begin === undefined || asked === undefined) {
    return undefined;
  }
  const metadata = recordOf(row.metadata);
  const team = textOf(row.team_id) ?? textOf(metadata.user_api_key_team_id);
  const alias = textOf(metadata.user_api_key_team_alias);
  const known = names.teams[team ?? ''] ?? names.teams[alias ?? ''];
  const caller = known ?? (alias && isEntityRef(alias) ? alias : undefined);
  const isFailed = row.status === 'failure';
  const isCached = String(row.cache_hit).toLowerCase() === 'true';
  const end = momentOf(row.endTime);
  const first = momentOf(row.completionStartTime);
  const isMeasured = !isFailed && !isCached && end !== undefined;
  // Without a stream the first token is written down as the last.
  const isStreamed = first !== undefined && end !== undefined && first < end;
  return {
    id,
    at: new Date(begin).toISOString(),
    model: names.models[asked] ?? asked,
    caller,
    ...(isFailed && { [errorOf(metadata)]: 1 }),
    cached: isCached ? 1 : 0,
    inputTokens: countOf(row.prompt_tokens),
    outputTokens: countOf(row.completion_tokens),
    costMicros:
      typeof row.spend === 'number' && row.spend > 0
        ? Math.round(row.spend * 1_000_000)
        : 0,
    currency: 'USD',
    latency: isMeasured ? [[Math.max(0, end - begin), 1]] : [],
    ttft: isMeasured && isStreamed ? [[Math.max(0, first - begin), 1]] : [],
  };
}
