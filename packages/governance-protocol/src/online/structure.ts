import {
  amount,
  count,
  flag,
  isRecord,
  listOf,
  matching,
  moment,
  oneOf,
  optional,
  record,
  text,
  textUpTo,
  type Check,
  type Shape,
} from '../checks';
import { TIERS } from '../snapshot/tiers';
import {
  MOST_ONLINE_SAMPLES,
  ONLINE_ARMS,
  ONLINE_BUCKETS,
  ONLINE_SCORER_TYPES,
  type OnlineBatch,
  type OnlineModel,
  type OnlineNote,
  type OnlineSample,
  type OnlineScorer,
  type OnlineTally,
  type SnapshotExperiment,
} from './types';

const LONGEST_PATTERN = 500;
const LONGEST_SCHEMA = 8_000;

/** Most scorers of an experiment. @public */
export const MOST_ONLINE_SCORERS = 10;

const uuid = matching(
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  'a UUID in lower case',
);

const metric = matching(
  /^[a-z][A-Za-z0-9_-]{0,63}$/,
  'a name of 1 to 64 letters, digits, _ and -, a small letter first',
);

const between =
  (least: number, most: number): Check =>
  value =>
    typeof value === 'number' && value >= least && value <= most
      ? undefined
      : `must be a number from ${least} to ${most}`;

const atMost =
  (most: number, check: Check): Check =>
  value =>
    Array.isArray(value) && value.length > most
      ? `must hold at most ${most} items`
      : check(value);

const scorer: Shape<OnlineScorer> = {
  metric,
  type: oneOf(ONLINE_SCORER_TYPES),
  pattern: optional(textUpTo(LONGEST_PATTERN)),
  schema: optional(textUpTo(LONGEST_SCHEMA)),
  direction: optional(oneOf(['higher', 'lower'])),
};

const model: Shape<OnlineModel> = { gatewayId: text, version: text };

const experiment: Shape<SnapshotExperiment> = {
  id: uuid,
  purpose: text,
  tiers: listOf(oneOf(TIERS)),
  control: record(model),
  challenger: optional(record(model)),
  share: between(0, 0.5),
  sampling: between(0, 1),
  pinned: optional(flag),
  scorers: atMost(MOST_ONLINE_SCORERS, listOf(record(scorer))),
  startsAt: moment,
  endsAt: moment,
  salt: matching(/^[0-9a-f]{32}$/, 'of 32 hex digits'),
  gateways: optional(listOf(uuid)),
};

/** Experiments of a profile in a snapshot. */
export const experimentsCheck: Check = listOf(record(experiment));

const finite: Check = value =>
  value === null || (typeof value === 'number' && Number.isFinite(value))
    ? undefined
    : 'must be a number or null';

const scores: Check = value => {
  if (!isRecord(value)) {
    return 'must be an object';
  }
  const names = Object.keys(value);
  if (names.length > MOST_ONLINE_SCORERS) {
    return `must hold at most ${MOST_ONLINE_SCORERS} metrics`;
  }
  for (const name of names) {
    const problem = metric(name) ?? finite(value[name]);
    if (problem) {
      return `.${name} ${problem}`;
    }
  }
  return undefined;
};

const bucket = between(0, ONLINE_BUCKETS - 1);
const wholeBucket: Check = value => count(0)(value) ?? bucket(value);

const sample: Shape<OnlineSample> = {
  id: uuid,
  experiment: uuid,
  arm: oneOf(ONLINE_ARMS),
  at: moment,
  bucket: wholeBucket,
  outcome: oneOf(['scored', 'unscored', 'failed']),
  scores,
  latencyMs: optional(amount),
  ttftMs: optional(amount),
  inputTokens: optional(count(0)),
  outputTokens: optional(count(0)),
  costMicros: optional(count(0)),
  currency: optional(matching(/^[A-Z]{3}$/, 'an ISO 4217 code')),
};

const tally: Shape<OnlineTally> = {
  experiment: uuid,
  arm: oneOf(ONLINE_ARMS),
  bucket: wholeBucket,
  calls: count(1),
  failed: count(0),
};

const note: Shape<OnlineNote> = {
  experiment: uuid,
  optedOut: count(0),
  dropped: count(0),
  refused: count(0),
};

/** Most tallies, and most notes, of a batch. */
const MOST_TALLIES = 5_000;

const batch: Shape<OnlineBatch> = {
  batchId: uuid,
  samples: atMost(MOST_ONLINE_SAMPLES, listOf(record(sample))),
  tallies: atMost(MOST_TALLIES, listOf(record(tally))),
  notes: atMost(MOST_TALLIES, listOf(record(note))),
};

/**
 * Says what is wrong with a batch of online samples, or nothing. Strict: an
 * unknown field is wrong too, so that no content can come along.
 *
 * @public
 */
export function onlineBatchProblem(value: unknown): string | undefined {
  const problem = record(batch)(value);
  if (problem !== undefined) {
    return /^[.[]/.test(problem) ? `batch${problem}` : `batch ${problem}`;
  }
  const { samples, tallies } = value as OnlineBatch;
  if (new Set(samples.map(({ id }) => id)).size < samples.length) {
    return 'batch.samples: an id comes twice';
  }
  const wrong = tallies.findIndex(({ calls, failed }) => failed > calls);
  return wrong < 0
    ? undefined
    : `batch.tallies[${wrong}]: failed is a part of calls`;
}
