import { ngrams } from '../text/tokens';

/** Runs of up to four tokens. */
const ORDERS = 4;

export type Smoothing = 'exp' | 'none' | 'floor' | 'add-k';

/** What a corpus is added up from. */
export interface BleuCounts {
  /** Runs of 1 to 4 tokens that answer and references share. */
  correct: number[];
  /** Runs of the answer. */
  total: number[];
  length: number;
  /** Of the reference whose length is nearest. */
  referenceLength: number;
}

/** What the smoothing takes where nothing is said, as sacreBLEU has it. */
const SMOOTHING_VALUES: Record<Smoothing, number> = {
  exp: 0,
  none: 0,
  floor: 0.1,
  'add-k': 1,
};

const runsOf = (tokens: string[]) =>
  Array.from({ length: ORDERS }, (_, order) => ngrams(tokens, order + 1));

function nearestLength(length: number, lengths: number[]): number {
  return lengths.reduce((best, it) => {
    const nearer = Math.abs(it - length) - Math.abs(best - length);
    return nearer < 0 || (nearer === 0 && it < best) ? it : best;
  });
}

/** What one answer adds to its corpus. */
export function bleuCounts(
  answer: string[],
  references: string[][],
): BleuCounts {
  const got = runsOf(answer);
  const wanted = references.map(runsOf);
  return {
    correct: got.map((counts, order) => {
      let shared = 0;
      for (const [key, count] of counts) {
        const most = Math.max(...wanted.map(it => it[order].get(key) ?? 0));
        shared += Math.min(count, most);
      }
      return shared;
    }),
    total: got.map((_, order) => Math.max(0, answer.length - order)),
    length: answer.length,
    referenceLength: nearestLength(
      answer.length,
      references.map(it => it.length),
    ),
  };
}

/** The counts of several answers together. */
export function addBleuCounts(all: BleuCounts[]): BleuCounts {
  const sum = (of: (it: BleuCounts) => number) =>
    all.reduce((total, it) => total + of(it), 0);
  const orders = Array.from({ length: ORDERS }, (_, order) => order);
  return {
    correct: orders.map(order => sum(it => it.correct[order])),
    total: orders.map(order => sum(it => it.total[order])),
    length: sum(it => it.length),
    referenceLength: sum(it => it.referenceLength),
  };
}

/**
 * BLEU of 0 to 1: the geometric mean of the precisions of runs of 1 to 4 tokens,
 * times the brevity penalty. Smoothing as sacreBLEU names it. With
 * `effectiveOrder`, runs that are longer than the answer do not count, as is
 * usual for single sentences.
 *
 * @see Papineni et al. 2002; Chen and Cherry 2014 (smoothing); Post 2018 (sacreBLEU)
 */
export function bleuOf(
  counts: BleuCounts,
  options: {
    smoothing?: Smoothing;
    smoothingValue?: number;
    effectiveOrder?: boolean;
  } = {},
): number {
  const { smoothing = 'exp', effectiveOrder = false } = options;
  const by = options.smoothingValue ?? SMOOTHING_VALUES[smoothing];
  if (!counts.correct.some(it => it > 0)) return 0;
  let orders = ORDERS;
  let halvings = 1;
  const precisions = Array.from({ length: ORDERS }, () => 0);
  for (let order = 0; order < ORDERS; order++) {
    const added = smoothing === 'add-k' && order > 0 ? by : 0;
    const correct = counts.correct[order] + added;
    const total = counts.total[order] + added;
    if (total === 0) break;
    if (effectiveOrder) orders = order + 1;
    if (correct > 0) {
      precisions[order] = correct / total;
    } else if (smoothing === 'exp') {
      halvings *= 2;
      precisions[order] = 1 / (halvings * total);
    } else if (smoothing === 'floor') {
      precisions[order] = by / total;
    }
  }
  const used = precisions.slice(0, orders);
  if (used.some(it => it === 0)) return 0;
  const mean = used.reduce((sum, it) => sum + Math.log(it), 0) / orders;
  const { length, referenceLength } = counts;
  const penalty =
    length < referenceLength ? Math.exp(1 - referenceLength / length) : 1;
  return penalty * Math.exp(mean);
}
