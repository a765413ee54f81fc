import type { ReportedUsage } from '@modelhub/backstage-plugin-models-node';
import type { UsageFact } from '../rollups';

/** Longest name that an index takes. */
const LONGEST_NAME = 512;

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;

const isDuration = (value: number) => Number.isFinite(value) && value >= 0;

const COUNTS = [
  'calls',
  'refused',
  'clientErrors',
  'throttled',
  'serverErrors',
  'cached',
  'inputTokens',
  'outputTokens',
  'cachedInputTokens',
  'costMicros',
] as const;

const NAMES = ['model', 'version', 'caller', 'profile'] as const;

/** What is wrong with an item; nothing for a good one. */
export function reportedProblem(item: ReportedUsage): string | undefined {
  if (item.id === '') return 'it has no id';
  if (item.model === '') return 'it names no model';
  if (!Number.isFinite(Date.parse(item.at))) {
    return `'${item.at}' is no moment in ISO 8601`;
  }
  const long = NAMES.find(name => (item[name]?.length ?? 0) > LONGEST_NAME);
  if (long) return `${long} is longer than ${LONGEST_NAME} characters`;
  // Line breaks tell names apart where they are put together.
  const odd = NAMES.find(name => /\p{Cc}/u.test(item[name] ?? ''));
  if (odd) return `${odd} has a line break or another control character`;
  const bad = COUNTS.find(name => !isCount(item[name] ?? 0));
  if (bad) return `${bad} is no whole number from 0 on`;
  if ((item.costMicros === undefined) !== (item.currency === undefined)) {
    return 'costMicros and currency come together';
  }
  if (item.currency !== undefined && !/^[A-Z]{3}$/.test(item.currency)) {
    return `'${item.currency}' is no ISO 4217 code`;
  }
  const isBad = ([ms, calls]: [number, number]) =>
    !isDuration(ms) || !isCount(calls);
  if ([...(item.latency ?? []), ...(item.ttft ?? [])].some(isBad)) {
    return 'latency and ttft are pairs of milliseconds and how many took so long';
  }
  return undefined;
}

/** A good item as numbers. */
export function factOfReported(source: string, item: ReportedUsage): UsageFact {
  const { calls = 1, caller = '' } = item;
  const failed =
    (item.refused ?? 0) +
    (item.clientErrors ?? 0) +
    (item.throttled ?? 0) +
    (item.serverErrors ?? 0) +
    (item.cached ?? 0);
  const isComponent = caller.startsWith('component:');
  return {
    at: Date.parse(item.at),
    model: item.model,
    version: item.version ?? '',
    team: isComponent ? '' : caller,
    component: isComponent ? caller : '',
    profile: item.profile ?? '',
    tier: item.tier ?? '',
    currency: item.currency ?? '',
    source,
    calls,
    refused: item.refused ?? 0,
    unavailable: 0,
    clientErrors: item.clientErrors ?? 0,
    throttled: item.throttled ?? 0,
    serverErrors: item.serverErrors ?? 0,
    declined: 0,
    cached: item.cached ?? 0,
    unpricedCalls:
      item.costMicros === undefined ? Math.max(0, calls - failed) : 0,
    estimatedCalls: 0,
    inputTokens: item.inputTokens ?? 0,
    outputTokens: item.outputTokens ?? 0,
    cachedInputTokens: item.cachedInputTokens ?? 0,
    costMicros: item.costMicros ?? 0,
    latency: item.latency ?? [],
    ttft: item.ttft ?? [],
  };
}
