import { normalProbability, normalQuantile } from './normal';
import { shareInterval } from './shares';
import { logGamma } from './student';

/** Pairs of which each side is right or wrong. */
export interface BinaryPairs {
  /** All of them. */
  pairs: number;
  /** The candidate alone is right. */
  gains: number;
  /** The incumbent alone is right. */
  losses: number;
}

/** Beyond it, the score test's own distribution is near enough. */
const MOST_EXACT_PAIRS = 2000;

/** How improbable a share of discordant pairs may be before it is not looked at. */
const SET_ASIDE = 1e-4;

/** Shares that are tried for the one that is not known. */
const STEPS = 64;

/**
 * Tango's score statistic (1998) of the difference of two paired shares, and
 * the share of losses that is likeliest if the difference were `difference`.
 */
function score({ pairs, gains, losses }: BinaryPairs, difference: number) {
  const a = 2 * pairs;
  const b = -gains - losses + (2 * pairs - gains + losses) * difference;
  const c = -losses * difference * (1 - difference);
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  const lost = Math.max(0, -difference, (root - b) / (2 * a));
  const variance = pairs * (2 * lost + difference * (1 - difference));
  const off = gains - losses - pairs * difference;
  if (variance <= 1e-12) {
    if (Math.abs(off) <= 1e-9) return 0;
    return off < 0 ? -Infinity : Infinity;
  }
  return off / Math.sqrt(variance);
}

/**
 * How likely is so low a share of the candidate, beside the incumbent's, if it
 * were less by no more than `-difference`: the exact unconditional test of
 * paired shares, which orders all tables by Tango's score and takes the least
 * favourable share of discordant pairs (Sidik 2003) of those that the table
 * itself makes plausible (Berger and Boos 1994). Its false alarms are at the
 * level at most, whatever the number of pairs. Of more than 2,000 pairs, by the
 * normal distribution.
 */
export function binaryPValue(table: BinaryPairs, difference: number): number {
  const { pairs, gains, losses } = table;
  const seen = score(table, difference);
  if (pairs > MOST_EXACT_PAIRS) return normalProbability(seen);
  const [fewest, most] = shareInterval(gains + losses, pairs, 1 - SET_ASIDE);
  // Shares of losses that the difference leaves possible.
  const least = Math.max(0, -difference, (fewest - difference) / 2);
  const largest = Math.min((1 - difference) / 2, (most - difference) / 2);
  const region = rejected(pairs, difference, seen);
  let worst = 0;
  for (let step = 0; step <= STEPS; step++) {
    const lost = least + ((largest - least) * step) / STEPS;
    worst = Math.max(worst, probability(pairs, region, lost, difference));
  }
  return Math.min(1, worst + SET_ASIDE);
}

/** By the number of losses: the most gains that are as bad as what was seen. */
function rejected(pairs: number, difference: number, seen: number): number[] {
  const limit = seen + 1e-9;
  const region: number[] = [];
  let gains = -1;
  for (let losses = 0; losses <= pairs; losses++) {
    // More losses never make fewer gains as bad, but there are fewer to have.
    gains = Math.min(gains, pairs - losses);
    while (
      gains < pairs - losses &&
      score({ pairs, gains: gains + 1, losses }, difference) <= limit
    ) {
      gains += 1;
    }
    region.push(gains);
  }
  return region;
}

/** Of the tables of a region, if losses have this share. */
function probability(
  pairs: number,
  region: number[],
  lost: number,
  difference: number,
): number {
  const won = Math.max(0, lost + difference);
  const spread = 8 * Math.sqrt(pairs * lost * (1 - lost)) + 8;
  const first = Math.max(0, Math.floor(pairs * lost - spread));
  const last = Math.min(pairs, Math.ceil(pairs * lost + spread));
  let sum = 0;
  for (let losses = first; losses <= last; losses++) {
    if (region[losses] < 0) continue;
    sum +=
      binomial(pairs, losses, lost) *
      binomialAtMost(
        pairs - losses,
        region[losses],
        Math.min(1, won / (1 - lost)),
      );
  }
  return sum;
}

function binomial(count: number, hits: number, share: number): number {
  if (share <= 0) return hits === 0 ? 1 : 0;
  if (share >= 1) return hits === count ? 1 : 0;
  return Math.exp(
    logFactorial(count) -
      logFactorial(hits) -
      logFactorial(count - hits) +
      hits * Math.log(share) +
      (count - hits) * Math.log(1 - share),
  );
}

function binomialAtMost(count: number, most: number, share: number): number {
  if (most >= count || share <= 0) return 1;
  if (share >= 1) return 0;
  // From the top down, each from the one above; what is far below adds nothing.
  let term = binomial(count, most, share);
  let sum = 0;
  for (let hits = most; hits >= 0; hits--) {
    sum += term;
    term *= (hits * (1 - share)) / ((count - hits + 1) * share);
    if (term < sum * 1e-14) break;
  }
  return most > count * share + 8 * Math.sqrt(count * share) + 8
    ? 1
    : Math.min(1, sum);
}

const FACTORIALS: number[] = [0];

function logFactorial(value: number): number {
  for (let next = FACTORIALS.length; next <= value; next++) {
    FACTORIALS.push(logGamma(next + 1));
  }
  return FACTORIALS[value];
}

/** Tango's score interval of the difference of two paired shares. */
export function binaryInterval(
  table: BinaryPairs,
  confidence: number,
): [number, number] {
  const z = normalQuantile((1 + confidence) / 2);
  const seen = (table.gains - table.losses) / table.pairs;
  // The score falls as the difference that is tried grows.
  const edge = (from: number, to: number, wanted: number) => {
    let [low, high] = [from, to];
    for (let n = 0; n < 60; n++) {
      const middle = (low + high) / 2;
      if (score(table, middle) > wanted) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return [
    seen === -1 ? -1 : edge(-1, seen, z),
    seen === 1 ? 1 : edge(seen, 1, -z),
  ];
}
