import type { GpuSet } from './gpus';
import {
  defaultMemoryConditions,
  estimateMemory,
  type MemoryConditions,
  type MemoryEstimate,
  type MemoryFacts,
} from './memory';

/**
 * How a model fits some GPUs.
 *
 * @public
 */
export interface HardwareFit {
  fits: boolean;
  estimate: MemoryEstimate;
  /** Of one GPU, after what engines leave free. */
  usableGiBPerGpu: number;
  /** What is left on the fullest GPU; negative where it does not fit. */
  spareGiBPerGpu: number;
  /** Sequences of the same length that would fit at once; undefined where one sequence cannot be told. */
  mostSequences?: number;
  /** GPUs of the same kind that would do; undefined where not even 64 do. */
  gpusNeeded?: number;
  /** The model cannot be split evenly over so many GPUs. */
  unevenSplit?: boolean;
}

const MOST_GPUS = 64;

/** Counts in which servers are built and models are split. */
const COUNTS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, MOST_GPUS];

const splitsEvenly = (
  { attentionHeads }: MemoryFacts,
  count: number,
): boolean => attentionHeads === undefined || attentionHeads % count === 0;

/**
 * The least count of GPUs of a size on which a model fits; undefined where not
 * even 64 do.
 *
 * @public
 */
export function gpusNeeded(
  facts: MemoryFacts,
  usableGiBPerGpu: number,
  conditions: Partial<MemoryConditions> = {},
): number | undefined {
  return COUNTS.filter(count => splitsEvenly(facts, count)).find(
    gpus =>
      estimateMemory(facts, { ...conditions, gpus }).perGpuGiB <=
      usableGiBPerGpu,
  );
}

/**
 * Whether one replica of a model fits some GPUs, of whose memory engines use a
 * share only (vLLM: `gpu_memory_utilization`, 0.9 by default).
 *
 * @public
 */
export function fitOn(
  facts: MemoryFacts,
  { count, gpu }: GpuSet,
  options: Partial<MemoryConditions> & { utilization?: number } = {},
): HardwareFit {
  const { utilization = 0.9, ...changes } = options;
  const conditions = { ...defaultMemoryConditions, ...changes, gpus: count };
  const estimate = estimateMemory(facts, conditions);
  const usable = gpu.memoryGiB * utilization;
  const spare = usable - estimate.perGpuGiB;
  const perSequence = estimate.kvCacheGiBPerSequence;
  const forSequences =
    spare + (perSequence ?? 0) * (conditions.sequences / count);
  const needed = gpusNeeded(facts, usable, changes);
  return {
    fits: spare >= 0,
    estimate,
    usableGiBPerGpu: usable,
    spareGiBPerGpu: spare,
    ...(perSequence && {
      mostSequences: Math.max(
        0,
        Math.floor((forSequences * count) / perSequence + 1e-9),
      ),
    }),
    ...(needed !== undefined && { gpusNeeded: needed }),
    ...(!splitsEvenly(facts, count) && { unevenSplit: true }),
  };
}
