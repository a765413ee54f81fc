/** Ranks and grades of one query. */
export interface Ranked {
  /** Ids, the best one first, each once. */
  ranking: string[];
  /** Grade of each relevant document, 1 and more. */
  grades: Record<string, number>;
}

const gradeOf = ({ grades }: Ranked, id: string) =>
  Object.hasOwn(grades, id) ? grades[id] : 0;

const isRelevant = (it: Ranked, id: string) => gradeOf(it, id) > 0;

const relevantCount = ({ grades }: Ranked) =>
  Object.values(grades).filter(grade => grade > 0).length;

const hits = (it: Ranked, k: number) =>
  it.ranking.slice(0, k).filter(id => isRelevant(it, id)).length;

type Gain = (grade: number) => number;

/** As trec_eval and BEIR have it. */
export const linearGain: Gain = grade => grade;
/** Burges et al. 2005: good documents count for much more. */
export const exponentialGain: Gain = grade => 2 ** grade - 1;

const discounted = (gains: number[]) =>
  gains.reduce((sum, gain, place) => sum + gain / Math.log2(place + 2), 0);

/**
 * Discounted cumulative gain, as a share of what the best ranking has.
 *
 * @see Järvelin and Kekäläinen 2002, doi:10.1145/582415.582418
 */
export function ndcg(it: Ranked, k: number, gain: Gain = linearGain): number {
  const best = Object.values(it.grades)
    .filter(grade => grade > 0)
    .sort((a, b) => b - a)
    .slice(0, k);
  const ideal = discounted(best.map(gain));
  return ideal > 0
    ? discounted(it.ranking.slice(0, k).map(id => gain(gradeOf(it, id)))) /
        ideal
    : 0;
}

/** Share of the relevant documents that are among the first k. */
export const recall = (it: Ranked, k: number): number =>
  relevantCount(it) > 0 ? hits(it, k) / relevantCount(it) : 0;

/** Share of the first k that are relevant; missing ones are not. */
export const precision = (it: Ranked, k: number): number => hits(it, k) / k;

/** One by the rank of the first relevant document among the first k, or 0. */
export function reciprocalRank(it: Ranked, k: number): number {
  const place = it.ranking.slice(0, k).findIndex(id => isRelevant(it, id));
  return place < 0 ? 0 : 1 / (place + 1);
}

/** Precision at the rank of each relevant document, on average over all of them. */
export function averagePrecision(it: Ranked, k: number): number {
  let found = 0;
  let sum = 0;
  it.ranking.slice(0, k).forEach((id, place) => {
    if (!isRelevant(it, id)) return;
    found++;
    sum += found / (place + 1);
  });
  return relevantCount(it) > 0 ? sum / relevantCount(it) : 0;
}

/** Whether a relevant document is among the first k. */
export const hit = (it: Ranked, k: number): number => (hits(it, k) > 0 ? 1 : 0);
