import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Rate } from './statistics';

/** What of the calls of a model is watched. */
export type DriftFeatureId =
  | 'input-length'
  | 'output-length'
  | 'latency'
  | 'language'
  | 'topic'
  | 'declined'
  | 'confidence'
  | 'feedback';

export interface DriftFeature {
  id: DriftFeatureId;
  title: string;
  /** Numbers are compared in their order, categories each by itself. */
  ordered: boolean;
  /**
   * From which index of stability on a change is large enough to matter: 0.2
   * as is usual, and less for refusals, where from 2 % to 6 % is 0.05.
   */
  leastPsi: number;
  /** Where it is about how often something happens. */
  rate?: Rate;
}

export const DRIFT_FEATURES: DriftFeature[] = [
  {
    id: 'input-length',
    title: 'Length of prompts',
    ordered: true,
    leastPsi: 0.2,
  },
  {
    id: 'output-length',
    title: 'Length of answers',
    ordered: true,
    leastPsi: 0.2,
  },
  { id: 'latency', title: 'Time to answer', ordered: true, leastPsi: 0.2 },
  {
    id: 'language',
    title: 'Languages of prompts',
    ordered: false,
    leastPsi: 0.2,
  },
  { id: 'topic', title: 'Mix of topics', ordered: false, leastPsi: 0.2 },
  {
    id: 'declined',
    title: 'Refusals of the model',
    ordered: false,
    leastPsi: 0.05,
    rate: { value: 'yes', leastDifference: 0.01, leastFactor: 2 },
  },
  {
    id: 'confidence',
    title: 'Confidence of answers',
    ordered: true,
    leastPsi: 0.2,
  },
  { id: 'feedback', title: 'Feedback', ordered: true, leastPsi: 0.2 },
];

export const featureOf = (id: string) =>
  DRIFT_FEATURES.find(it => it.id === id);

const { floor, log2, min } = Math;

/** Beyond it, numbers are all the same. */
const LAST_STEP = 60;

/** Every call has some of them: made once. */
const STEPS = Array.from({ length: LAST_STEP + 1 }, (_, step) => String(step));

/** Two steps for each doubling: 0, 1, 1.4, 2, 2.8, 4, … */
function stepOf(value: number): string {
  return STEPS[value < 1 ? 0 : min(LAST_STEP, 1 + floor(2 * log2(value)))];
}

/** The smallest value of a step. */
export const beginOfStep = (step: number) =>
  step === 0 ? 0 : 2 ** ((step - 1) / 2);

const TENTHS = 10;
const FIFTHS = 5;

const partOf = (value: number, parts: number) =>
  String(min(parts - 1, floor(value * parts)));

export const feedbackValue = (score: number) => partOf(score, FIFTHS);

/** How a value of a feature is called where people read it. */
export function labelOf(id: DriftFeatureId, value: string): string {
  const n = Number(value);
  switch (id) {
    case 'input-length':
    case 'output-length':
      return `${Math.round(beginOfStep(n))} tokens or more`;
    case 'latency':
      return `${Math.round(beginOfStep(n))} ms or more`;
    case 'confidence':
      return `${n * 10}–${(n + 1) * 10} %`;
    case 'feedback':
      return `${n * 20}–${(n + 1) * 20} %`;
    case 'declined':
      return value === 'yes' ? 'refused' : 'answered';
    case 'topic':
      return `group ${n + 1}`;
    default:
      return value === 'und' ? 'not sure' : value;
  }
}

/**
 * Whether a record tells something of the model: a single call, of a known
 * version, that a model answered well.
 */
export function isTelling(it: UsageRecord): boolean {
  return (
    it.version !== undefined &&
    it.status < 400 &&
    it.code === undefined &&
    it.attempts > 0 &&
    it.cacheHit !== true &&
    (it.calls ?? 1) === 1
  );
}

/** Tells the values of a record's features, as far as it has them. */
export function eachValue(
  it: UsageRecord,
  take: (id: DriftFeatureId, value: string) => void,
): void {
  take('latency', stepOf(it.latencyMs));
  // What was estimated differs from what is counted, and says nothing new.
  if (!it.tokensEstimated) {
    if (it.inputTokens !== undefined) {
      take('input-length', stepOf(it.inputTokens));
    }
    if (it.outputTokens !== undefined) {
      take('output-length', stepOf(it.outputTokens));
    }
  }
  if (it.language !== undefined) take('language', it.language);
  if (it.topic !== undefined) take('topic', String(it.topic));
  if (it.declined !== undefined) take('declined', it.declined ? 'yes' : 'no');
  if (it.confidence !== undefined) {
    take('confidence', partOf(it.confidence, TENTHS));
  }
}
