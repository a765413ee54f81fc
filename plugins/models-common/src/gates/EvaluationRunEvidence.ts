/**
 * The run of an evaluation that an answer rests on, as it was submitted.
 *
 * @public
 */
export type EvaluationRunReference = {
  /** Of the submitted evidence. */
  evidenceId: string;
  /** `sha256:…` of the signed envelope. */
  digest: string;
  /** Entity ref. */
  submittedBy: string;
  /** ISO 8601. */
  submittedAt: string;
  /** ISO 8601, by the word of who ran it. */
  finishedAt: string;
  /** Name and version. */
  suite: string;
  /** Name and version. */
  tool: string;
  /** What answered, as far as the run says. */
  target: {
    gatewayId?: string;
    endpoint?: string;
    engine?: string;
    gpu?: string;
    quantization?: string;
  };
  /** It was ended before it was through. */
  partial?: boolean;
};

/**
 * A run that was submitted and does not count.
 *
 * @public
 */
export type SetAsideRun = EvaluationRunReference & {
  /** Why, as words. */
  because: string;
};

/**
 * How a measured number stands to what is asked: `uncertain` when it meets it,
 * and its interval reaches beyond.
 *
 * @public
 */
export type TargetStanding = 'met' | 'uncertain' | 'missed' | 'not-measured';

/**
 * What is asked of one number, and what was measured.
 *
 * @public
 */
export type MeasuredTarget = {
  id: string;
  title: string;
  /** `at-most`: less is better. */
  direction: 'at-most' | 'at-least';
  /** What is asked for; absent where it is only shown. */
  target?: number;
  /** `ratio` is a share of 0 to 1. */
  unit: string;
  standing: TargetStanding;
  value?: number;
  /** Lower and upper end. */
  interval?: [number, number];
  samples?: number;
  /** The part of the run that it was measured in: `concurrency=8`. */
  slice?: string;
  /** What is special about it, as words. */
  note?: string;
};

/**
 * What the gate `performance-sla` leaves as evidence.
 *
 * @public
 */
export type PerformanceSlaEvidence = {
  kind: 'performance-sla';
  /** The load that the targets are about: `concurrency=8`, `rate=4/s`. */
  load: string;
  /** Absent where none counts. */
  run?: EvaluationRunReference;
  targets: MeasuredTarget[];
  setAside: SetAsideRun[];
  maxAgeDays: number;
  minSamples: number;
  /** The whole interval has to lie within the target. */
  withConfidence: boolean;
};

/**
 * What the gate `kpi` leaves as evidence.
 *
 * @public
 */
export type KpiEvidence = {
  kind: 'kpi';
  pack: {
    id: string;
    title: string;
    /** SHA-256 of the pack as it was in force. */
    version: string;
    /** Entity ref of who answers for it. */
    owner?: string;
  };
  metrics: KpiMetricEvidence[];
  setAside: SetAsideRun[];
  maxAgeDays: number;
};

/**
 * One metric of a pack, and what was submitted of it.
 *
 * @public
 */
export type KpiMetricEvidence = MeasuredTarget & {
  /** What it is and how it is computed, in the words of the pack. */
  about?: string;
  /** The tier whose threshold counts. */
  tier?: string;
  minimumSamples: number;
  /** Only shown; it stops nothing. */
  advice?: boolean;
  /** The run that it is from. */
  run?: EvaluationRunReference;
};
