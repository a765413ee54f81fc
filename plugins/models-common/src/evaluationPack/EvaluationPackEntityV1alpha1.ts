import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import type {
  EVALUATION_PACK_API_VERSION,
  EVALUATION_PACK_KIND,
  EVALUATION_PACK_LIFECYCLES,
  EVALUATION_PACK_STATISTICS,
  EVALUATION_PACK_TASKS,
  EVALUATION_PACK_TYPES,
} from './constants';

/**
 * What a pack is about.
 *
 * @public
 */
export type EvaluationPackType = (typeof EVALUATION_PACK_TYPES)[number];

/**
 * Whether a pack is still made, counts, or counts no more.
 *
 * @public
 */
export type EvaluationPackLifecycle =
  (typeof EVALUATION_PACK_LIFECYCLES)[number];

/**
 * How a case becomes an answer.
 *
 * @public
 */
export type EvaluationPackTask = (typeof EVALUATION_PACK_TASKS)[number];

/**
 * How every case is asked.
 *
 * @public
 */
export type EvaluationPackRequestSpec = {
  /** Goes before each conversation. */
  system?: string;
  /** The case's input goes in place of `{{input}}`. */
  template?: string;
  temperature?: number;
  topP?: number;
  /** Longest answer, in tokens. */
  maxTokens?: number;
  stop?: string[];
  /** Answers to each case, for pass-at-k. */
  samples?: number;
  /** Further fields of each request. */
  extraBody?: JsonObject;
};

/**
 * A number that a pack measures, and how.
 *
 * @public
 */
export type EvaluationPackScorerSpec = {
  /** Name of the metric, unique within the pack. */
  name: string;
  /** Type of the scorer, e.g. `rouge-l`. */
  type: string;
  params?: JsonObject;
};

/**
 * What a model has to reach for the pack to be passed.
 *
 * @public
 */
export type EvaluationPackCriterionSpec = {
  metric: string;
  /** Of metrics with several; the mean without. */
  statistic?: (typeof EVALUATION_PACK_STATISTICS)[number];
  /** `language=de`; all cases by default. */
  slice?: string;
  /** Exactly one of `atLeast` and `atMost`. */
  atLeast?: number;
  atMost?: number;
};

/**
 * Which groups a fairness pack compares.
 *
 * @public
 */
export type EvaluationPackFairnessSpec = {
  /** Attributes of the cases' slices. */
  attributes: string[];
  /** The metric whose gap between groups counts. */
  metric: string;
  /** Of classifications: the label that is to people's advantage. */
  positiveLabel?: string;
  /** Groups with fewer cases are shown and not compared. */
  minimumCases?: number;
};

/**
 * An evaluation pack in the catalog: cases, scorers and criteria by which
 * models are measured. Its folder's `pack.yaml` is this entity. Results of a
 * version are about that version for ever; whoever changes the cases, the
 * request or a scorer writes another version.
 *
 * @public
 */
export interface EvaluationPackEntityV1alpha1 extends Entity {
  apiVersion: typeof EVALUATION_PACK_API_VERSION;
  kind: typeof EVALUATION_PACK_KIND;
  spec: {
    type: EvaluationPackType;
    /** Semantic version. */
    version: string;
    /** Ref of the group or user that answers for it. */
    owner: string;
    lifecycle: EvaluationPackLifecycle;
    /** Ref of the system it belongs to. */
    system?: string;
    /** Ids of purposes that it is the standard for; all without. */
    purposes?: string[];
    /** Hugging Face task ids of models that it is for; all without. */
    modelTasks?: string[];
    task: EvaluationPackTask;
    request?: EvaluationPackRequestSpec;
    scorers: EvaluationPackScorerSpec[];
    criteria?: EvaluationPackCriterionSpec[];
    fairness?: EvaluationPackFairnessSpec;
    /** SPDX id of the licence of its cases. */
    license?: string;
    /** Path of the cases, beside `pack.yaml`. */
    cases: string;
    /** Path of the documents; of retrieval. */
    documents?: string;
  };
}
