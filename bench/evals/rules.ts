import type { Random } from './shapes';

/** What other rules say of the same scores: true is an alarm. */
export interface Rules {
  /** The mean dropped by more than the margin. */
  meanDropped: boolean;
  /** Both means as if they were of different cases. */
  unpairedZ: boolean;
  /** Percentiles of a bootstrap over either's cases. */
  unpairedBootstrap: boolean;
  /** Percentiles of a bootstrap over pairs, without studentising. */
  pairedPercentile: boolean;
}

const mean = (values: number[]) =>
  values.reduce((sum, it) => sum + it, 0) / values.length;

function variance(values: number[]): number {
  const middle = mean(values);
  return (
    values.reduce((sum, it) => sum + (it - middle) ** 2, 0) /
    (values.length - 1)
  );
}

const sampleMean = (values: number[], random: Random) => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[Math.floor(random() * values.length)];
  }
  return sum / values.length;
};

/** Scores are turned so that more is better. At a level of 5 %, one-sided. */
export function naiveRules(
  candidate: number[],
  incumbent: number[],
  margin: number,
  resamples: number,
  random: Random,
): Rules {
  const count = candidate.length;
  const differences = candidate.map((it, i) => it - incumbent[i]);
  const off = mean(differences) + margin;
  const error = Math.sqrt((variance(candidate) + variance(incumbent)) / count);
  let unpaired = 0;
  let paired = 0;
  for (let n = 0; n < resamples; n++) {
    const difference =
      sampleMean(candidate, random) - sampleMean(incumbent, random);
    if (difference >= -margin) unpaired += 1;
    if (sampleMean(differences, random) >= -margin) paired += 1;
  }
  return {
    meanDropped: off < 0,
    unpairedZ: off < -1.6449 * error,
    unpairedBootstrap: unpaired / resamples <= 0.05,
    pairedPercentile: paired / resamples <= 0.05,
  };
}
