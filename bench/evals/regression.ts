import { compareMetric } from '@modelhub/evals';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import { randomOf } from '../../packages/model-evals/src/statistics/random';
import { naiveRules, type Rules } from './rules';
import { SHAPES, type Shape } from './shapes';

export const LEVEL = 0.05;
export const SIZES = [20, 50, 100, 200];

/** How often something happened, of how many. */
export interface Share {
  hits: number;
  of: number;
}

export const rate = ({ hits, of }: Share) => hits / of;

export type RuleName = 'modelhub' | keyof Rules;

/** One kind of scores with so many cases. */
export interface Cell {
  shape: string;
  cases: number;
  /** The candidate is worse by just the margin. */
  alarms: Record<RuleName, Share>;
  /** Both are the same. */
  alarmsOfEqual: Record<RuleName, Share>;
  /** The candidate is worse by more. */
  found: Record<RuleName, Share>;
  /** Intervals that hold the true difference. */
  covered: Share;
}

const RULES: RuleName[] = [
  'modelhub',
  'meanDropped',
  'unpairedZ',
  'unpairedBootstrap',
  'pairedPercentile',
];

const noShares = () =>
  Object.fromEntries(RULES.map(it => [it, { hits: 0, of: 0 }])) as Record<
    RuleName,
    Share
  >;

function resultOf(shape: Shape, values: number[]): EvaluationResult {
  return {
    suite: { name: shape.name },
    startedAt: '2026-01-01T00:00:00Z',
    finishedAt: '2026-01-01T00:00:00Z',
    target: {},
    settings: {},
    metrics: [],
    tool: { name: 'bench', version: '1' },
    pack: { type: 'quality', digest: shape.name, cases: values.length },
    model: 'a',
    inputDigest: 'b',
    measures: {
      it: {
        scorer: 'it',
        title: shape.name,
        direction: shape.direction,
        unit: shape.unit,
        aggregate: 'mean',
      },
    },
    cases: {
      ids: values.map((_, index) => String(index)),
      outcomes: values.map(() => 'scored'),
      scores: { it: values },
    },
  };
}

function add(shares: Record<RuleName, Share>, rule: RuleName, hit: boolean) {
  shares[rule].of += 1;
  if (hit) shares[rule].hits += 1;
}

/** Plays one shape with so many cases again and again. */
function play(
  shape: Shape,
  cases: number,
  rounds: number,
  resamples: number,
  seed: number,
): Cell {
  const random = randomOf(seed);
  const cell: Cell = {
    shape: shape.name,
    cases,
    alarms: noShares(),
    alarmsOfEqual: noShares(),
    found: noShares(),
    covered: { hits: 0, of: 0 },
  };
  const sign = shape.direction === 'higher' ? 1 : -1;
  for (const [loss, into] of [
    [shape.margin, cell.alarms],
    [0, cell.alarmsOfEqual],
    [shape.loss, cell.found],
  ] as const) {
    for (let round = 0; round < rounds; round++) {
      const pairs = Array.from({ length: cases }, () =>
        shape.draw(random, loss),
      );
      const candidate = pairs.map(it => it[0]);
      const incumbent = pairs.map(it => it[1]);
      const { interval, pValue } = compareMetric(
        resultOf(shape, candidate),
        resultOf(shape, incumbent),
        {
          metric: 'it',
          margin: shape.margin,
          confidence: 1 - LEVEL,
          resamples,
          seed: round,
        },
      );
      add(into, 'modelhub', pValue <= LEVEL);
      cell.covered.of += 1;
      if (interval[0] <= -loss + 1e-12 && -loss - 1e-12 <= interval[1]) {
        cell.covered.hits += 1;
      }
      const naive = naiveRules(
        candidate.map(it => sign * it),
        incumbent.map(it => sign * it),
        shape.margin,
        Math.min(200, resamples),
        random,
      );
      for (const [rule, hit] of Object.entries(naive)) {
        add(into, rule as keyof Rules, hit);
      }
    }
  }
  return cell;
}

/** Every shape with every number of cases. */
export function playRegressions(
  rounds: number,
  resamples: number,
  onCell: (cell: Cell) => void,
): Cell[] {
  return SHAPES.flatMap((shape, s) =>
    SIZES.map((cases, c) => {
      const cell = play(shape, cases, rounds, resamples, 1000 * s + c + 1);
      onCell(cell);
      return cell;
    }),
  );
}

/** Of all cells together. */
export function together(cells: Cell[], of: (cell: Cell) => Share): number {
  const shares = cells.map(of);
  return (
    shares.reduce((sum, it) => sum + it.hits, 0) /
    shares.reduce((sum, it) => sum + it.of, 0)
  );
}
