import { ComparisonError } from './ComparisonError';
import { normalProbability, normalQuantile } from './normal';

/**
 * What one expects of a comparison before it is made.
 *
 * @public
 */
export interface ExpectedLoss {
  /** How much worse the candidate really is, in the metric's unit. */
  loss: number;
  /** How much worse it may be. Default 0. */
  margin?: number;
  /**
   * Standard deviation of the differences of single cases. Of scores of 0 and 1
   * give `discordance` instead: the share of cases that only one of the two gets
   * right.
   */
  spread?: number;
  discordance?: number;
  /** One-sided. Default 0.05. */
  level?: number;
}

function deviationOf({ spread, discordance, loss }: ExpectedLoss): number {
  if (spread !== undefined) return spread;
  if (discordance === undefined || discordance < Math.abs(loss)) {
    throw new ComparisonError(
      `Say how much single cases differ: 'spread', or of scores of 0 and 1 'discordance', which is ${Math.abs(
        loss,
      )} at least where the loss is that large.`,
    );
  }
  return Math.sqrt(discordance - loss * loss);
}

/**
 * How likely a regression of this size is found with so many cases: by the
 * normal distribution, which is near enough from some 30 cases on.
 *
 * @public
 */
export function powerOf(expected: ExpectedLoss & { cases: number }): number {
  const { loss, margin = 0, level = 0.05, cases } = expected;
  const error = deviationOf(expected) / Math.sqrt(cases);
  return normalProbability((loss - margin) / error + normalQuantile(level));
}

/**
 * How many cases it takes to find a regression of this size so likely.
 *
 * @param power - 0.8 by default
 * @throws ComparisonError where the loss is within the margin: no number of
 *   cases finds that
 * @public
 */
export function casesFor(expected: ExpectedLoss & { power?: number }): number {
  const { loss, margin = 0, level = 0.05, power = 0.8 } = expected;
  if (loss <= margin) {
    throw new ComparisonError(
      `A loss of ${loss} is within the margin of ${margin}: it is none that a comparison ought to find.`,
    );
  }
  const deviations = normalQuantile(1 - level) + normalQuantile(power);
  return Math.ceil(
    ((deviations * deviationOf(expected)) / (loss - margin)) ** 2,
  );
}
