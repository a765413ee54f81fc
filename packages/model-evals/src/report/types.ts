import type { EvaluationResult } from '@modelhub/governance-protocol';
import type { PackCriterion, PackFairness } from '../pack/types';

/**
 * What a pack says beside its cases: an {@link EvaluationPack} fits.
 *
 * @public
 */
export interface ReportPack {
  /** Which results it is about. */
  digest: string;
  title?: string;
  criteria: PackCriterion[];
  fairness?: PackFairness;
}

/**
 * What a report is made of.
 *
 * @public
 */
export interface ReportInput {
  /** At least one; in the order of the report. */
  results: EvaluationResult[];
  /** Results of the incumbent; each stands beside those of the same pack digest. */
  incumbents?: EvaluationResult[];
  /** Packs that the results are of, for thresholds and groups. */
  packs?: ReportPack[];
  /** `Evaluation of <model>` where it is missing. */
  title?: string;
  /** How much worse than the incumbent the model may be, in the unit of each metric. Default 0. */
  margin?: number;
  /** Level of intervals and tests, 0.95 by default. */
  confidence?: number;
}
