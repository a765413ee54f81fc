import type {
  OnlineArm,
  SnapshotExperiment,
} from '@modelhub/governance-protocol';

/** What an experiment has to do with one call. */
export interface OnlineTrial {
  experiment: SnapshotExperiment;
  arm: OnlineArm;
  /** Group of the caller. */
  bucket: number;
  /** Whether the answer is scored; the call is counted in any case. */
  scored: boolean;
}
