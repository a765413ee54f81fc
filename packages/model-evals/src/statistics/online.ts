import { randomOf } from './random';
import { affordableResamples, quantileOf } from './samples';
import type { ResamplingOptions } from './types';

/**
 * One metric of one arm of an experiment, by group of callers: calls of one
 * caller are alike, so groups and not calls are what is drawn.
 *
 * @public
 */
export interface GroupSums {
  /** How many calls of each group have a value. */
  counts: number[];
  /** The sum of their values, in the same order. */
  sums: number[];
}

/** @public */
export interface ArmEstimate {
  mean: number;
  /** Standard error, of groups and not of calls. */
  error: number;
  calls: number;
  /** Groups with any call. */
  groups: number;
}

/** @public */
export interface OnlineOptions extends ResamplingOptions {
  direction: 'higher' | 'lower';
  /** How much worse may be, 0 or more, in the metric's unit. */
  margin: number;
  /** Values are 0 to 1: nobody is sure of a share because it was 0 so far. */
  isShare?: boolean;
  /** Calls at which the interval is to be narrowest. Default 2000. */
  tunedTo?: number;
}

/**
 * Two models that answered different calls. Differences are challenger minus
 * control, turned so that a negative one is a loss.
 *
 * @public
 */
export interface OnlineComparison {
  control: ArmEstimate;
  challenger: ArmEstimate;
  difference: number;
  /** Holds at all times at once, however often one looks. */
  interval: [number, number];
  confidence: number;
  margin: number;
  standing: 'worse' | 'unclear' | 'not-worse' | 'better';
}

/** Below them, normal approximations say more than is known. */
const LEAST = { calls: 50, groups: 10 };

/**
 * Mean of a metric with the standard error of a ratio of group totals (Cochran
 * 1977, 6.4). Undefined without a call.
 *
 * @public
 */
export function estimateArm(
  { counts, sums }: GroupSums,
  options: { isShare?: boolean } = {},
): ArmEstimate | undefined {
  const calls = counts.reduce((sum, it) => sum + it, 0);
  if (calls === 0) return undefined;
  const mean = sums.reduce((sum, it) => sum + it, 0) / calls;
  const groups = counts.filter(it => it > 0).length;
  let squares = 0;
  counts.forEach((count, i) => {
    squares += (sums[i] - mean * count) ** 2;
  });
  const spread = groups > 1 ? (squares * groups) / (groups - 1) : 0;
  let error = Math.sqrt(spread) / calls;
  if (options.isShare) {
    // As Agresti and Coull (1998): two hits and two misses that were not seen.
    const share = (mean * calls + 2) / (calls + 4);
    error = Math.max(error, Math.sqrt((share * (1 - share)) / calls));
  }
  return { mean, error, calls, groups };
}

/**
 * Half the width of an asymptotic confidence sequence (Waudby-Smith, Arbour,
 * Sinha, Kennedy and Ramdas 2024, theorem 2.2): the truth stays within it at
 * all times at once with this confidence, so looking early and often is no
 * cheating, and stopping by what one sees is none either.
 *
 * @param error - standard error of the estimate now
 * @param calls - that the estimate rests on
 * @public
 */
export function anytimeHalfWidth(
  error: number,
  calls: number,
  options: { confidence?: number; tunedTo?: number } = {},
): number {
  const { confidence = 0.95, tunedTo = 2_000 } = options;
  const alpha = 1 - confidence;
  const log = -2 * Math.log(alpha);
  const scale = (calls * (log + Math.log(log) + 1)) / tunedTo;
  return (
    error *
    Math.sqrt(
      (2 * (scale + 1) * Math.log(Math.sqrt(scale + 1) / alpha)) / scale,
    )
  );
}

/**
 * Compares the arms of an experiment that goes on. Undefined as long as one of
 * them has no value; `unclear` as long as either has fewer than 50 calls or 10
 * groups of callers.
 *
 * @public
 */
export function compareOnline(
  arms: { control: GroupSums; challenger: GroupSums },
  options: OnlineOptions,
): OnlineComparison | undefined {
  const { direction, margin, confidence = 0.95 } = options;
  const control = estimateArm(arms.control, options);
  const challenger = estimateArm(arms.challenger, options);
  if (!control || !challenger) return undefined;
  const raw = challenger.mean - control.mean;
  const difference = direction === 'higher' ? raw : -raw;
  const error = Math.hypot(control.error, challenger.error);
  const half = anytimeHalfWidth(
    error,
    control.calls + challenger.calls,
    options,
  );
  const interval: [number, number] = [difference - half, difference + half];
  const isEnough = [control, challenger].every(
    ({ calls, groups }) => calls >= LEAST.calls && groups >= LEAST.groups,
  );
  return {
    control,
    challenger,
    difference,
    interval,
    confidence,
    margin,
    standing: isEnough && error > 0 ? standingOf(interval, margin) : 'unclear',
  };
}

function standingOf(
  [low, high]: [number, number],
  margin: number,
): OnlineComparison['standing'] {
  if (high < -margin) return 'worse';
  if (low > 0) return 'better';
  return low > -margin ? 'not-worse' : 'unclear';
}

/**
 * The same difference when the experiment is over: a studentised bootstrap of
 * groups, each arm by itself (Davison and Hinkley 1997, 5.2). Narrower, and
 * right for ONE look at a time that was fixed before. Undefined where an arm
 * has fewer than two groups, or nothing varies.
 *
 * @public
 */
export function unpairedInterval(
  arms: { control: GroupSums; challenger: GroupSums },
  options: ResamplingOptions & { direction: 'higher' | 'lower' },
): [number, number] | undefined {
  const { confidence = 0.95, resamples = 2_000, seed = 1 } = options;
  const control = estimateArm(arms.control);
  const challenger = estimateArm(arms.challenger);
  if (!control || !challenger) return undefined;
  if (control.groups < 2 || challenger.groups < 2) return undefined;
  const difference = challenger.mean - control.mean;
  const error = Math.hypot(control.error, challenger.error);
  if (error === 0) return undefined;
  const random = randomOf(seed);
  const lists = [withCalls(arms.control), withCalls(arms.challenger)];
  const drawn: number[] = [];
  const rounds = affordableResamples(
    resamples,
    control.groups + challenger.groups,
  );
  for (let n = 0; n < rounds; n++) {
    const [a, b] = lists.map(list => estimateArm(drawGroups(list, random)));
    const spread = a && b ? Math.hypot(a.error, b.error) : 0;
    if (a && b && spread > 0) {
      drawn.push((b.mean - a.mean - difference) / spread);
    }
  }
  if (drawn.length * 2 < rounds) return undefined;
  const sorted = Float64Array.from(drawn).sort();
  const tail = (1 - confidence) / 2;
  const low = difference - quantileOf(sorted, 1 - tail) * error;
  const high = difference - quantileOf(sorted, tail) * error;
  return options.direction === 'higher' ? [low, high] : [-high, -low];
}

function withCalls({ counts, sums }: GroupSums): Array<[number, number]> {
  return counts.flatMap(
    (count, i): Array<[number, number]> =>
      count > 0 ? [[count, sums[i]]] : [],
  );
}

function drawGroups(
  groups: Array<[number, number]>,
  random: () => number,
): GroupSums {
  const counts: number[] = [];
  const sums: number[] = [];
  for (let i = 0; i < groups.length; i++) {
    const [count, sum] = groups[Math.floor(random() * groups.length)];
    counts.push(count);
    sums.push(sum);
  }
  return { counts, sums };
}
