import {
  count,
  amount,
  flag,
  isRecord,
  listOf,
  matching,
  moment,
  oneOf,
  optional,
  record,
  text,
  type Check,
  type Shape,
} from '../checks';
import type { RefusalCode } from '../decision';
import { TIERS } from '../snapshot/tiers';
import { isPlainRecord } from './plainRecord';
import type {
  BudgetDemand,
  LeaseRequest,
  LimitDemand,
  UsageBatch,
  UsageFeedback,
  UsageFeedbackBatch,
  UsageRecord,
} from './types';

/** Most records of a batch. @public */
export const MOST_BATCH_RECORDS = 1000;

/** Groups of topics that prompts are counted in. @public */
export const TOPIC_BUCKETS = 32;

/** Most limits, and most budgets, that one lease request may name. @public */
export const MOST_LEASE_ITEMS = 1000;

const uuid = matching(
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  'a UUID in lower case',
);

/** Longest text of a record: what groups them has to fit into an index. */
const LONGEST_NAME = 512;

const name: Check = value =>
  text(value) ??
  ((value as string).length <= LONGEST_NAME
    ? undefined
    : `must be of at most ${LONGEST_NAME} characters`);

const share: Check = value =>
  amount(value) === undefined && (value as number) <= 1
    ? undefined
    : 'must be a number from 0 to 1';

const topic: Check = value =>
  count(0)(value) === undefined && (value as number) < TOPIC_BUCKETS
    ? undefined
    : `must be an integer from 0 to ${TOPIC_BUCKETS - 1}`;

const REFUSALS: Record<RefusalCode, true> = {
  'unknown-model': true,
  retired: true,
  'not-approved': true,
  'version-not-approved': true,
  'tier-not-covered': true,
  expired: true,
  'region-not-allowed': true,
  'retention-too-long': true,
  'endpoint-not-ready': true,
  'endpoint-other-model': true,
};

const usageRecord: Shape<UsageRecord> = {
  id: uuid,
  at: moment,
  route: name,
  keyId: name,
  profile: name,
  purpose: name,
  tier: oneOf(TIERS),
  team: optional(name),
  model: name,
  version: optional(name),
  grantId: optional(name),
  provider: optional(name),
  providerModel: optional(name),
  status: count(100),
  code: optional(name),
  mode: oneOf(['observe', 'warn', 'enforce']),
  uncovered: optional(oneOf(Object.keys(REFUSALS))),
  trace: optional(name),
  streamed: flag,
  attempts: count(0),
  cacheHit: optional(flag),
  inputTokens: optional(count(0)),
  outputTokens: optional(count(0)),
  cachedInputTokens: optional(count(0)),
  tokensEstimated: optional(flag),
  costMicros: optional(count(0)),
  currency: optional(matching(/^[A-Z]{3}$/, 'an ISO 4217 code')),
  latencyMs: amount,
  firstByteMs: optional(amount),
  promptBytes: count(0),
  responseBytes: count(0),
  calls: optional(count(1)),
  until: optional(moment),
  declined: optional(flag),
  language: optional(matching(/^[a-z]{2,3}$/, 'an ISO 639 code, or und')),
  topic: optional(topic),
  confidence: optional(share),
};

const anyRecord = record(usageRecord);

/** Looks at each field of a record, whatever its form. For tests. */
export const shapeProblem = (value: unknown) => anyRecord(value);

/** Nearly all are of the usual form, which is far quicker to see. */
const usageRecordOf: Check = value =>
  isPlainRecord(value) ? undefined : anyRecord(value);

const feedback: Shape<UsageFeedback> = {
  call: uuid,
  at: moment,
  keyId: name,
  model: name,
  version: optional(name),
  score: share,
};

const atMost =
  (most: number, check: Check): Check =>
  value =>
    Array.isArray(value) && value.length > most
      ? `must hold at most ${most} items`
      : check(value);

const batch: Shape<UsageBatch> = {
  batchId: uuid,
  records: atMost(MOST_BATCH_RECORDS, listOf(usageRecordOf)),
};

const feedbackBatch: Shape<UsageFeedbackBatch> = {
  items: atMost(MOST_BATCH_RECORDS, listOf(record(feedback))),
};

const month = matching(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month, YYYY-MM');

const budgetId = matching(
  /^(profile|team|key):[^\p{Cc}]{1,500}$/u,
  'profile:<id>, team:<ref> or key:<id>',
);

const limitDemand: Shape<LimitDemand> = {
  subject: matching(
    /^(key|profile):[^\p{Cc}]{1,500}$/u,
    'key:<id> or profile:<id>',
  ),
  limit: oneOf(['requestsPerMinute', 'tokensPerMinute', 'maxConcurrent']),
  total: count(1),
  held: amount,
  demand: amount,
};

const budgetDemand: Shape<BudgetDemand> = {
  budget: budgetId,
  month,
  heldMicros: count(0),
  unreportedMicros: count(0),
  wantedMicros: count(0),
  neededMicros: optional(count(0)),
};

const leaseRequest: Shape<LeaseRequest> = {
  session: count(0),
  sequence: count(0),
  budgetsVersion: optional(text),
  limits: atMost(MOST_LEASE_ITEMS, listOf(record(limitDemand))),
  budgets: atMost(MOST_LEASE_ITEMS, listOf(record(budgetDemand))),
};

const problemOf = (whole: string, check: Check) => {
  return (value: unknown): string | undefined => {
    const problem = check(value);
    if (problem === undefined) {
      return undefined;
    }
    return /^[.[]/.test(problem) ? `${whole}${problem}` : `${whole} ${problem}`;
  };
};

const structureOfRecord = problemOf('record', usageRecordOf);
const structureOfBatch = problemOf('batch', record(batch));

const hasSignals = (it: UsageRecord) =>
  (it.declined ?? it.language ?? it.topic ?? it.confidence) !== undefined;

/** Says what is wrong with the sense of a record of the right structure. */
function senseProblem(it: UsageRecord): string | undefined {
  if ((it.costMicros === undefined) !== (it.currency === undefined)) {
    return 'costMicros and currency come together';
  }
  if ((it.cachedInputTokens ?? 0) > (it.inputTokens ?? 0)) {
    return 'cachedInputTokens is a part of inputTokens';
  }
  if (it.calls !== undefined && it.calls > 1 && hasSignals(it)) {
    return 'declined, language, topic and confidence are of single calls';
  }
  return it.status <= 599 ? undefined : 'status must be an HTTP status';
}

/**
 * Says what is wrong with a usage record, or nothing. Strict: an unknown field
 * is wrong too.
 *
 * @public
 */
export function usageRecordProblem(value: unknown): string | undefined {
  const problem = structureOfRecord(value);
  if (problem !== undefined) {
    return problem;
  }
  const sense = senseProblem(value as UsageRecord);
  return sense && `record: ${sense}`;
}

/**
 * Says what is wrong with a batch of usage records, or nothing. Ids of records
 * must differ.
 *
 * @public
 */
export function usageBatchProblem(value: unknown): string | undefined {
  const problem = structureOfBatch(value);
  if (problem !== undefined) {
    return problem;
  }
  const { records } = value as UsageBatch;
  const ids = new Set<string>();
  for (const [index, it] of records.entries()) {
    const sense = senseProblem(it);
    if (sense) {
      return `batch.records[${index}]: ${sense}`;
    }
    if (ids.size === ids.add(it.id).size) {
      return `batch.records[${index}].id comes twice`;
    }
  }
  return undefined;
}

/**
 * Says what is wrong with feedback that a gateway passes on, or nothing.
 *
 * @public
 */
export const usageFeedbackProblem: (value: unknown) => string | undefined =
  problemOf('feedback', record(feedbackBatch));

/**
 * Says what is wrong with a lease request, or nothing.
 *
 * @public
 */
export const leaseRequestProblem: (value: unknown) => string | undefined =
  problemOf('lease', value =>
    isRecord(value) ? record(leaseRequest)(value) : 'must be an object',
  );
