import type { MissingFact } from '../hardware';

/**
 * Id of the gate that asks whether a model fits its GPUs.
 *
 * @public
 */
export const HARDWARE_FIT_GATE = 'hardware-fit';

/**
 * What the gate `hardware-fit` leaves as evidence. Memory is GiB over all GPUs
 * of one replica unless told otherwise; all of it is an estimate from what the
 * card says.
 *
 * @public
 */
export type HardwareFitEvidence = {
  kind: 'hardware-fit';
  verdict: 'fits' | 'does-not-fit' | 'unknown';
  /** The GPUs that were judged: `2x H100 80GB`. */
  gpus?: string;
  /** Who named them. */
  gpusFrom?: 'card' | 'policy';
  /** It is to run without a GPU, in main memory. */
  isCpu?: boolean;
  gpuCount?: number;
  /** Of one GPU, as its driver tells it. */
  memoryGiBPerGpu?: number;
  /** Of one GPU, after the share that engines leave free. */
  usableGiBPerGpu?: number;
  /** What the fullest GPU holds. */
  neededGiBPerGpu?: number;
  /** `gguf-q4-k-m` */
  format?: string;
  formatTitle?: string;
  /** Average bits per weight. */
  bitsPerWeight?: number;
  formatFrom?: string;
  parameters?: number;
  activeParameters?: number;
  /** In the order in which they are stacked. */
  parts: Array<{
    id: 'weights' | 'kv-cache' | 'activations' | 'runtime';
    gib: number;
    /** Undefined where the part is not known and counts as nothing. */
    isUnknown?: boolean;
  }>;
  totalGiB?: number;
  /** Tokens of one sequence. */
  contextTokens: number;
  /** That one replica has to take at once. */
  sequences: number;
  /** Sequences of that length that fit at once. */
  mostSequences?: number;
  /** Requests at once that the requester expects at most. */
  peakConcurrent?: number;
  /** Replicas that take as many. */
  replicasForPeak?: number;
  /** GPUs of the kind that would do. */
  gpusNeeded?: number;
  /** GiB that the card says; undefined where it says nothing. */
  declaredGiB?: number;
  missing: MissingFact[];
  assumptions: string[];
};
