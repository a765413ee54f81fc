import type {
  EvaluationRunReference,
  MeasuredTarget,
  SetAsideRun,
} from './EvaluationRunEvidence';

/**
 * A pack that a check asks for, as it is in the catalog now.
 *
 * @public
 */
export type AskedPack = {
  /** `evaluationpack:<namespace>/<name>` */
  entityRef: string;
  title: string;
  /** The version that counts now; a result of another one does not. */
  version: string;
  owner?: string;
  /** What makes a result of it, to be copied. */
  command: string;
};

/**
 * The model beside the one that serves the purpose now, in one metric.
 * Differences are turned so that a negative one is a loss.
 *
 * @public
 */
export type IncumbentComparison = {
  metric: string;
  title: string;
  unit: string;
  direction: 'higher' | 'lower';
  pairs: number;
  candidate: number;
  incumbent: number;
  difference: number;
  interval: [number, number];
  confidence: number;
  margin: number;
  pValue: number;
  standing: 'worse' | 'unclear' | 'not-worse' | 'better';
};

/**
 * Who serves the purpose now.
 *
 * @public
 */
export type EvaluationIncumbent = {
  entityRef: string;
  version: string;
  /** Why it is the incumbent, as words. */
  because: string;
  /** Its result on the same pack; absent where there is none. */
  run?: EvaluationRunReference;
};

/**
 * One pack of the gates `evaluation`, `fairness` and `safety`: what is asked and
 * what the newest result that counts says.
 *
 * @public
 */
export type PackStanding = {
  pack: AskedPack;
  standing: 'met' | 'uncertain' | 'missed' | 'missing';
  /** Absent where none counts. */
  run?: EvaluationRunReference;
  cases?: { scored: number; unscored: number; failed: number; asked: number };
  targets: MeasuredTarget[];
  /** Absent where nothing serves the purpose yet, or where the policy does not ask. */
  incumbent?: EvaluationIncumbent;
  comparisons: IncumbentComparison[];
  setAside: SetAsideRun[];
  /** How many cases of the result failed and can be looked at by the evidence's id. */
  failures?: number;
};

/**
 * What the gate `evaluation` leaves as evidence.
 *
 * @public
 */
export type EvaluationEvidence = {
  kind: 'evaluation';
  packs: PackStanding[];
  maxAgeDays: number;
};

/** A group in a comparison. @public */
export type FairnessGroup = {
  group: string;
  samples: number;
  value?: number;
  interval?: [number, number];
  selectionRate?: number;
  truePositiveRate?: number;
  falsePositiveRate?: number;
  isTooSmall?: boolean;
};

/** How far two groups are apart, and how far they may be. @public */
export type FairnessGap = {
  /** `gap` of the metric, `demographic-parity`, `equalised-odds`. */
  id: 'gap' | 'demographic-parity' | 'equalised-odds';
  title: string;
  unit: string;
  value?: number;
  interval?: [number, number];
  between?: [string, string];
  /** Absent where it is only shown. */
  atMost?: number;
  standing: 'met' | 'uncertain' | 'missed' | 'not-measured';
};

/** One attribute of a fairness pack. @public */
export type FairnessAttribute = {
  attribute: string;
  metric: string;
  title: string;
  unit: string;
  confidence: number;
  groups: FairnessGroup[];
  gaps: FairnessGap[];
};

/**
 * What the gate `fairness` leaves as evidence.
 *
 * @public
 */
export type FairnessEvidence = {
  kind: 'fairness';
  packs: Array<PackStanding & { attributes: FairnessAttribute[] }>;
  maxAgeDays: number;
};

/**
 * What the gate `safety` leaves as evidence. The contents of cases that failed
 * are not in it: they are read by the id of the run's evidence.
 *
 * @public
 */
export type SafetyEvidence = {
  kind: 'safety';
  packs: Array<
    PackStanding & {
      /** By category: how many cases went wrong. */
      categories: Array<{
        category: string;
        cases: number;
        wrong: number;
        /** Neither right nor wrong, for nobody could judge them; absent where there is none. */
        unknown?: number;
      }>;
    }
  >;
  maxAgeDays: number;
};
