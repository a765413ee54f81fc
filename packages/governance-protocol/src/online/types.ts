import type { CaseOutcome } from '../evidence/evaluationResult';
import type { Tier } from '../snapshot/types';

/** @public */
export const ONLINE_ARMS = ['control', 'challenger'] as const;

/** Which of the two models answers a call of an experiment. @public */
export type OnlineArm = (typeof ONLINE_ARMS)[number];

/**
 * Ways to score an answer without knowing a right one, and without its text
 * leaving the gateway. `length`: characters; `refusal`: 1 where it declines;
 * `regex`: 1 where it holds the pattern; `json-schema`: 1 where it is JSON that
 * fits; `repetition`: share of its 4-grams that came before.
 *
 * @public
 */
export const ONLINE_SCORER_TYPES = [
  'length',
  'refusal',
  'regex',
  'json-schema',
  'repetition',
] as const;

/** @public */
export type OnlineScorerType = (typeof ONLINE_SCORER_TYPES)[number];

/**
 * A number that a gateway makes of an answer.
 *
 * @public
 */
export interface OnlineScorer {
  /** Name of the metric, unique in its experiment: `is_json`. */
  metric: string;
  type: OnlineScorerType;
  /** Of `regex`, in RE2's syntax. */
  pattern?: string;
  /** Of `json-schema`: the schema as JSON. */
  schema?: string;
  /** Which way is better; as the type has it without. */
  direction?: 'higher' | 'lower';
}

/** A version of a model, as callers name it. @public */
export interface OnlineModel {
  gatewayId: string;
  version: string;
}

/**
 * Live scoring of the calls of a profile, or an A/B test of two models, that the
 * owner of the profile consented to. It opens nothing: both models have to be
 * allowed as for every call.
 *
 * @public
 */
export interface SnapshotExperiment {
  id: string;
  purpose: string;
  /** Only calls that claim one of these. */
  tiers: Tier[];
  control: OnlineModel;
  /** Absent where answers are only scored. */
  challenger?: OnlineModel;
  /** Which part of the callers gets the challenger: 0 to 0.5. */
  share: number;
  /** Which part of the calls is scored: above 0, to 1. */
  sampling: number;
  /** Calls that pin the control's version take part too. */
  pinned?: boolean;
  scorers: OnlineScorer[];
  /** ISO 8601. */
  startsAt: string;
  /** ISO 8601. */
  endsAt: string;
  /** 32 hex digits: makes who gets which arm hard to guess. */
  salt: string;
  /** Ids of the gateways that take part; all without. */
  gateways?: string[];
}

/** How many groups callers fall into, by a hash. @public */
export const ONLINE_BUCKETS = 128;

/** Most samples of a batch. @public */
export const MOST_ONLINE_SAMPLES = 150;

/**
 * What one call scored. Nothing of what was asked or answered is in it, nor who
 * called: the id is made for it alone, and times are cut to the minute.
 *
 * @public
 */
export interface OnlineSample {
  /** UUID. */
  id: string;
  experiment: string;
  arm: OnlineArm;
  /** ISO 8601. */
  at: string;
  /** Group of the caller, below {@link ONLINE_BUCKETS}. */
  bucket: number;
  outcome: CaseOutcome;
  /** By metric; null where the scorer could not judge. */
  scores: Record<string, number | null>;
  latencyMs?: number;
  ttftMs?: number;
  inputTokens?: number;
  outputTokens?: number;
  /** Millionths of the currency. */
  costMicros?: number;
  /** ISO 4217. */
  currency?: string;
}

/** All calls of an arm and a group of callers since the last batch. @public */
export interface OnlineTally {
  experiment: string;
  arm: OnlineArm;
  bucket: number;
  calls: number;
  /** That the arm's model did not answer, also where the other one did in its place. */
  failed: number;
}

/** What else happened in an experiment since the last batch. @public */
export interface OnlineNote {
  experiment: string;
  /** Calls that opted out. */
  optedOut: number;
  /** Calls that were to be scored and were not, because the gateway had too many. */
  dropped: number;
  /** Calls that were to go to the challenger and did not, because it was not allowed. */
  refused: number;
}

/**
 * What a gateway reports about its experiments. The same id again changes nothing.
 *
 * @public
 */
export interface OnlineBatch {
  /** UUID. */
  batchId: string;
  samples: OnlineSample[];
  tallies: OnlineTally[];
  notes: OnlineNote[];
}
