/** Numbers in (0, 1). */
export type Random = () => number;

/** How two models score on one case. */
export type Case = [candidate: number, incumbent: number];

/** A kind of scores, as they come about in practice. */
export interface Shape {
  name: string;
  unit: string;
  direction: 'higher' | 'lower';
  /** How much worse may be. */
  margin: number;
  /** A loss that ought to be found. */
  loss: number;
  /** A case, if the candidate is worse by so much on the average. */
  draw(random: Random, loss: number): Case;
}

const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());

/** Lopsided to the right, with a mean of 1. */
const lopsided = (random: Random, spread: number) =>
  Math.exp(spread * normal(random) - (spread * spread) / 2);

const ratio = {
  unit: 'ratio',
  direction: 'higher' as const,
  margin: 0.03,
  loss: 0.1,
};

const rightOrWrong =
  (alone: number) =>
  (random: Random, loss: number): Case => {
    const kind = random();
    if (kind < alone) return [1, 0];
    if (kind < 2 * alone + loss) return [0, 1];
    return kind < 0.5 ? [0, 0] : [1, 1];
  };

/** F1 of tokens: often all right, sometimes nothing. */
function tokenF1(random: Random): number {
  const kind = random();
  if (kind < 0.6) return 1;
  return kind < 0.75 ? 0 : random();
}

export const SHAPES: Shape[] = [
  { ...ratio, name: 'right or wrong', draw: rightOrWrong(0.06) },
  { ...ratio, name: 'right or wrong, rarely unlike', draw: rightOrWrong(0.02) },
  {
    ...ratio,
    name: 'overlap of texts',
    draw(random, loss) {
      const incumbent = 0.25 + 0.5 * random();
      return [incumbent - loss + 0.15 * (random() - random()), incumbent];
    },
  },
  {
    ...ratio,
    name: 'F1 of tokens, mostly ties',
    draw(random, loss) {
      if (random() < 0.7) {
        const both = 0.4 + 0.6 * random();
        return [random() < loss / 0.28 ? both - 0.4 : both, both];
      }
      return [tokenF1(random), tokenF1(random)];
    },
  },
  {
    ...ratio,
    name: 'grades of a judge',
    draw(random, loss) {
      if (random() < 0.6) return [0.5, 0.5];
      const step = random() < 0.7 ? 0.25 : 0.5;
      const isLoss = random() < 0.5 + loss / 0.26;
      return [isLoss ? 0.5 - step : 0.5 + step, 0.5];
    },
  },
  {
    ...ratio,
    name: 'a few large losses',
    draw(random, loss) {
      const incumbent = 0.5 + 0.4 * random();
      return [incumbent - loss + 0.08 * (1 - lopsided(random, 0.7)), incumbent];
    },
  },
  {
    ...ratio,
    name: 'a few large gains',
    draw(random, loss) {
      const incumbent = 0.2 + 0.4 * random();
      return [incumbent - loss - 0.08 * (1 - lopsided(random, 0.7)), incumbent];
    },
  },
  {
    name: 'latency',
    unit: 'ms',
    direction: 'lower',
    margin: 20,
    loss: 80,
    draw(random, loss) {
      const question = 300 * lopsided(random, 0.3);
      return [
        question * lopsided(random, 0.3) + loss,
        question * lopsided(random, 0.3),
      ];
    },
  },
];
