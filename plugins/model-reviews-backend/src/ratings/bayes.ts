/** What stars add up to. */
export interface Tally {
  count: number;
  sum: number;
  /** How many gave one star, two, … five. */
  distribution: number[];
}

/** What is assumed of a model before anybody rated it. */
export interface Prior {
  /** m: mean over all models. */
  mean: number;
  /** w: how many reviews it weighs. */
  weight: number;
}

/** Mean of the scale, as long as nobody rated anything. */
export const NEUTRAL = 3;

/**
 * The Bayesian average `(w × m + sum) ÷ (w + count)`: few reviews move it
 * little from the mean over all models, many make it their own mean.
 */
export function bayesianAverage(
  { count, sum }: Pick<Tally, 'count' | 'sum'>,
  { mean, weight }: Prior,
): number {
  return weight + count === 0 ? mean : (weight * mean + sum) / (weight + count);
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** An aspect as it is shown; of at least one vote. */
export function aspectOf(tally: Tally, prior: Prior) {
  return {
    average: rounded(bayesianAverage(tally, prior)),
    mean: rounded(tally.sum / tally.count),
    count: tally.count,
    distribution: tally.distribution,
  };
}
