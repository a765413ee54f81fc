import type { EvaluationRun } from './evaluationRun';

/**
 * Predicate type of the result of an evaluation pack: a run with its single
 * cases, so that two models can be compared case by case.
 *
 * @public
 */
export const EVALUATION_RESULT_TYPE =
  'https://modelhub.dev/evidence/evaluation-result/v1';

/** @public */
export const EVALUATION_TYPES = [
  'quality',
  'fairness',
  'safety',
  'agentic',
  'online',
] as const;

/** What a pack is about. @public */
export type EvaluationType = (typeof EVALUATION_TYPES)[number];

/**
 * `scored`: answered, and every scorer could judge it; `unscored`: answered, and
 * a scorer could not judge it; `failed`: no answer, after all retries.
 *
 * @public
 */
export type CaseOutcome = 'scored' | 'unscored' | 'failed';

/**
 * The cases of a result, column by column: every list has an entry for each id,
 * in the order of `ids`, and null where there is nothing to say.
 *
 * @public
 */
export interface EvaluationCases {
  /** Unique within the pack. */
  ids: string[];
  outcomes: CaseOutcome[];
  /** By the name of the metric: what the case scored. */
  scores: Record<string, Array<number | null>>;
  /**
   * By attribute (`language`, `gender`): the group that the case belongs to. Of
   * safety cases `category` and `behaviour` (`refuse`, `comply`) are in it too.
   */
  slices?: Record<string, Array<string | null>>;
  /** Of classifications: what is right, and what the model said. */
  labels?: {
    expected: Array<string | null>;
    predicted: Array<string | null>;
  };
  /** From the request to the end of the answer. */
  latencyMs?: Array<number | null>;
  /** From the request to the first piece of the answer. */
  ttftMs?: Array<number | null>;
  inputTokens?: Array<number | null>;
  outputTokens?: Array<number | null>;
  /** In the currency of the settings. */
  cost?: Array<number | null>;
}

/**
 * A case that went wrong, with its content: for people who look into it.
 *
 * @public
 */
export interface EvaluationFailure {
  caseId: string;
  /** The metric that says so. */
  metric: string;
  /** One sentence: what was expected, and what came. */
  reason: string;
  /** `prompt-injection`, `self-harm`, …, as the pack names it. */
  category?: string;
  /** Shortened to 4,000 characters. */
  input?: string;
  /** Shortened to 4,000 characters. */
  output?: string;
}

/**
 * The result of one pack on one model: the predicate of
 * {@link EVALUATION_RESULT_TYPE}. It is never changed; another run is another
 * result. `suite` names the pack and its version, as in every run.
 *
 * @public
 */
export interface EvaluationResult extends EvaluationRun {
  pack: {
    type: EvaluationType;
    /** `sha256:…` over the canonical form of the pack and all of its cases. */
    digest: string;
    /** `evaluationpack:<namespace>/<name>` where it came from a catalog. */
    entityRef?: string;
    /** Cases of the whole pack; a partial run has fewer. */
    cases: number;
  };
  /** As the endpoint calls it. */
  model: string;
  /** `sha256:…` over pack digest, model and parameters: what was asked. */
  inputDigest: string;
  /** By the name of the metric: how to read its scores. */
  measures: Record<string, EvaluationMeasure>;
  cases: EvaluationCases;
  /** At most 100; the cases that failed first. */
  failures?: EvaluationFailure[];
}

/** @public */
export interface EvaluationMeasure {
  /** Type of the scorer: `rouge-l`, `judge`, … */
  scorer: string;
  title: string;
  /** Which way is better. */
  direction: 'higher' | 'lower';
  /** `ratio` is a share of 0 to 1; `1` where it has none. */
  unit: string;
  /**
   * How many cases become one number: `mean`, or `own` where the metric is more
   * than the mean of its cases, as BLEU of a corpus is.
   */
  aggregate: 'mean' | 'own';
}
