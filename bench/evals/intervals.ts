import { compareGroups, meanInterval } from '@modelhub/evals';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import { randomOf } from '../../packages/model-evals/src/statistics/random';
import type { Random } from './shapes';

export interface Coverage {
  name: string;
  cases: number;
  modelhub: number;
  /** Percentiles of a plain bootstrap. */
  percentile: number;
}

const lopsided = (random: Random, spread: number) =>
  Math.exp(
    spread *
      Math.sqrt(-2 * Math.log(random())) *
      Math.cos(2 * Math.PI * random()),
  );

/** Scores of single cases, and their true mean. */
const VALUES: Array<{
  name: string;
  range?: [number, number];
  mean: number;
  draw: (random: Random) => number;
}> = [
  {
    name: 'right or wrong, 95 % right',
    range: [0, 1],
    mean: 0.95,
    draw: random => (random() < 0.95 ? 1 : 0),
  },
  {
    name: 'F1 of tokens',
    range: [0, 1],
    mean: 0.725,
    draw(random) {
      const kind = random();
      if (kind < 0.6) return 1;
      return kind < 0.75 ? 0 : random();
    },
  },
  {
    name: 'nearly always 1',
    range: [0, 1],
    mean: 0.975,
    draw: random => (random() < 0.95 ? 1 : random()),
  },
  {
    name: 'latency, lopsided',
    mean: 300 * Math.exp(0.125),
    draw: random => 300 * lopsided(random, 0.5),
  },
];

function percentile(
  values: number[],
  random: Random,
  statistic: (values: number[]) => number,
): [number, number] {
  const drawn = Float64Array.from({ length: 300 }, () =>
    statistic(values.map(() => values[Math.floor(random() * values.length)])),
  ).sort();
  return [drawn[7], drawn[292]];
}

const mean = (values: number[]) =>
  values.reduce((sum, it) => sum + it, 0) / values.length;

const holds = (interval: [number, number] | undefined, truth: number) =>
  interval !== undefined &&
  interval[0] <= truth + 1e-12 &&
  truth - 1e-12 <= interval[1]
    ? 1
    : 0;

/** Intervals of means at 95 %: how often they hold the true one. */
export function playMeans(rounds: number): Coverage[] {
  const random = randomOf(77);
  return VALUES.flatMap(({ name, range, mean: truth, draw }) =>
    [20, 50, 200].map(cases => {
      let ours = 0;
      let plain = 0;
      for (let round = 0; round < rounds; round++) {
        const values = Array.from({ length: cases }, () => draw(random));
        ours += holds(
          meanInterval(values, { range, seed: round, resamples: 500 }),
          truth,
        );
        plain += holds(percentile(values, random, mean), truth);
      }
      return {
        name,
        cases,
        modelhub: ours / rounds,
        percentile: plain / rounds,
      };
    }),
  );
}

/** Five groups that are all treated alike: the largest gap is 0. */
export function playGroups(rounds: number): Coverage[] {
  const random = randomOf(78);
  return [30, 100].map(cases => {
    let ours = 0;
    let plain = 0;
    for (let round = 0; round < rounds; round++) {
      const groups = Array.from({ length: 5 }, () =>
        Array.from({ length: cases }, () => (random() < 0.85 ? 1 : 0)),
      );
      const { gap } = compareGroups(resultOf(groups), {
        attribute: 'group',
        metric: 'it',
      });
      ours += holds(gap?.interval, 0);
      const drawn = Float64Array.from({ length: 200 }, () => {
        const means = groups.map(values =>
          mean(values.map(() => values[Math.floor(random() * values.length)])),
        );
        return Math.max(...means) - Math.min(...means);
      }).sort();
      plain += holds([drawn[5], drawn[194]], 0);
    }
    return {
      name: 'largest gap of five equal groups',
      cases,
      modelhub: ours / rounds,
      percentile: plain / rounds,
    };
  });
}

function resultOf(groups: number[][]): EvaluationResult {
  const scores = groups.flat();
  return {
    suite: { name: 'groups' },
    startedAt: '2026-01-01T00:00:00Z',
    finishedAt: '2026-01-01T00:00:00Z',
    target: {},
    settings: {},
    metrics: [],
    tool: { name: 'bench', version: '1' },
    pack: { type: 'fairness', digest: 'a', cases: scores.length },
    model: 'a',
    inputDigest: 'b',
    measures: {
      it: {
        scorer: 'it',
        title: 'it',
        direction: 'higher',
        unit: 'ratio',
        aggregate: 'mean',
      },
    },
    cases: {
      ids: scores.map((_, index) => String(index)),
      outcomes: scores.map(() => 'scored'),
      scores: { it: scores },
      slices: { group: groups.flatMap((it, n) => it.map(() => `g${n}`)) },
    },
  };
}
