import {
  costMicros,
  type EnforcementMode,
  type SnapshotKey,
  type SnapshotPricing,
  type UsageRecord,
} from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import { tokensOfBytes } from '../limits';
import { isoTime } from '../text/isoTime';
import type {
  Admission,
  CallContext,
  CallEntry,
  CallOutcome,
  CallRefusal,
  RouteName,
  TokenUsage,
} from '../pipeline';

/** What need not be cut. */
const PLAIN = /^[ -~]{1,512}$/;

/** Texts that a caller chooses are cut to what a record may hold. */
const cut = (text: string) =>
  PLAIN.test(text)
    ? text
    : (text.length > 512 ? text.slice(0, 512) : text).replace(
        /\p{Cc}/gu,
        '?',
      ) || '?';

/** What a call cost; nothing where its model has no price or nothing was counted. */
export function costOf(
  pricing: SnapshotPricing | undefined,
  usage: TokenUsage | undefined,
): { costMicros: number; currency: string } | undefined {
  if (!pricing || !usage) {
    return undefined;
  }
  const micros = costMicros(pricing, usage);
  return micros === undefined
    ? undefined
    : { costMicros: micros, currency: pricing.currency };
}

function callerOf({ caller, id, route, trace }: CallEntry) {
  const { key, mode, now } = caller;
  return {
    id,
    at: isoTime(now.getTime()),
    route,
    keyId: key.id,
    profile: key.profile,
    purpose: key.purpose,
    tier: key.tier,
    team: key.team,
    mode,
    trace: trace === undefined ? undefined : cut(trace),
  };
}

/** What many calls of a key have in common when they begin, as JSON without its first brace. */
interface Beginning {
  admission: Admission;
  route: RouteName;
  mode: EnforcementMode;
  streamed: boolean;
  rest: string;
}

const beginnings = new WeakMap<SnapshotKey, Beginning>();

function beginningRest(context: CallContext): string {
  const { caller, admission, route, streamed } = context;
  const known = beginnings.get(caller.key);
  if (
    known &&
    known.admission.gatewayId === admission.gatewayId &&
    known.admission.grant === admission.grant &&
    known.admission.uncovered?.code === admission.uncovered?.code &&
    known.route === route &&
    known.mode === caller.mode &&
    known.streamed === streamed
  ) {
    return known.rest;
  }
  const { id, at, trace, ...common } = callerOf(context);
  const rest = JSON.stringify({
    ...common,
    model: cut(admission.gatewayId),
    version: admission.grant?.version,
    grantId: admission.grant?.id,
    uncovered: admission.uncovered?.code,
    status: 500,
    code: 'gateway_stopped',
    streamed,
    attempts: 1,
    latencyMs: 0,
    responseBytes: 0,
  }).slice(1);
  const { mode } = caller;
  beginnings.set(caller.key, { admission, route, mode, streamed, rest });
  return rest;
}

/** The JSON of a call that goes to a provider: what is known of it when it begins. */
export function beginningOf(context: CallContext): string {
  const { id, trace, promptBytes, caller } = context;
  const traced =
    trace === undefined ? '' : `"trace":${JSON.stringify(cut(trace))},`;
  return `{"id":"${id}","at":"${isoTime(
    caller.now.getTime(),
  )}","promptBytes":${promptBytes},${traced}${beginningRest(context)}`;
}

/**
 * A call whose end nobody saw, because the gateway was killed in it: its prompt
 * counts as sent.
 */
export function lostRecordOf(beginning: UsageRecord): UsageRecord {
  return {
    ...beginning,
    inputTokens: tokensOfBytes(beginning.promptBytes),
    outputTokens: 0,
    tokensEstimated: true,
  };
}

/** A call that has ended. */
export function recordOf(
  context: CallContext,
  outcome: CallOutcome,
): UsageRecord {
  const admission = outcome.admission ?? context.admission;
  const { usage, providerModel } = outcome;
  const { caller, trace } = context;
  const { key } = caller;
  const cost =
    outcome.attempts > 0 ? costOf(admission.model?.pricing, usage) : undefined;
  // In one piece: parts that are put together cost more than all else here.
  return {
    id: context.id,
    at: isoTime(caller.now.getTime()),
    route: context.route,
    keyId: key.id,
    profile: key.profile,
    purpose: key.purpose,
    tier: key.tier,
    team: key.team,
    mode: caller.mode,
    trace: trace === undefined ? undefined : cut(trace),
    model: cut(admission.gatewayId),
    version: admission.grant?.version,
    grantId: admission.grant?.id,
    uncovered: admission.uncovered?.code,
    provider: outcome.provider,
    providerModel: providerModel === undefined ? undefined : cut(providerModel),
    status: outcome.status,
    code: outcome.code,
    streamed: context.streamed,
    attempts: outcome.attempts,
    cacheHit: (outcome.shortcut && outcome.attempts === 0) || undefined,
    inputTokens: usage?.inputTokens,
    outputTokens: usage?.outputTokens,
    cachedInputTokens: usage?.cachedInputTokens,
    tokensEstimated: usage?.estimated || undefined,
    costMicros: cost?.costMicros,
    currency: cost?.currency,
    latencyMs: outcome.latencyMs,
    firstByteMs: outcome.firstByteMs,
    promptBytes: context.promptBytes,
    responseBytes: outcome.responseBytes,
  };
}

/** A call that was refused before its model was admitted. */
export function refusalRecordOf(
  entry: CallEntry,
  refusal: CallRefusal,
): UsageRecord {
  return {
    ...callerOf(entry),
    model: cut(refusal.model ?? '?'),
    status: refusal.status,
    code: refusal.code,
    streamed: false,
    attempts: 0,
    latencyMs: Math.max(0, performance.now() - entry.startedAt),
    promptBytes: refusal.promptBytes,
    responseBytes: 0,
  };
}

const sum = (a: number | undefined, b: number | undefined) =>
  a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);

const most = (a: number | undefined, b: number | undefined) =>
  a === undefined && b === undefined ? undefined : Math.max(a ?? 0, b ?? 0);

/** Two records as one; both must be equal in what is not counted. */
export function addRecords(a: UsageRecord, b: UsageRecord): UsageRecord {
  const last = b.until ?? b.at;
  const until = a.until ?? a.at;
  return {
    ...a,
    // Not the id of a call any more, of which there may be a record elsewhere.
    id: a.calls === undefined ? randomUUID() : a.id,
    at: a.at < b.at ? a.at : b.at,
    trace: undefined,
    calls: (a.calls ?? 1) + (b.calls ?? 1),
    until: until > last ? until : last,
    attempts: a.attempts + b.attempts,
    inputTokens: sum(a.inputTokens, b.inputTokens),
    outputTokens: sum(a.outputTokens, b.outputTokens),
    cachedInputTokens: sum(a.cachedInputTokens, b.cachedInputTokens),
    costMicros: sum(a.costMicros, b.costMicros),
    latencyMs: Math.max(a.latencyMs, b.latencyMs),
    firstByteMs: most(a.firstByteMs, b.firstByteMs),
    promptBytes: a.promptBytes + b.promptBytes,
    responseBytes: a.responseBytes + b.responseBytes,
    // Of single calls.
    declined: undefined,
    language: undefined,
    topic: undefined,
    confidence: undefined,
  };
}
