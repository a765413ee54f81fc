import { MOST_EVALUATION_METRICS } from '@modelhub/governance-protocol';
import { slicesOf } from '../pack/slices';
import type { EvaluationCase, EvaluationPack } from '../pack/types';

/** Slices that get numbers of their own; ids of customers are no slices. */
const MOST_SLICES = 100;

type Asking = Pick<EvaluationPack, 'criteria' | 'fairness'>;

/** Metrics that criteria or fairness look at. */
export function askedMetrics({ criteria, fairness }: Asking): Set<string> {
  return new Set([
    ...criteria.map(({ metric }) => metric),
    ...(fairness ? [fairness.metric] : []),
  ]);
}

/**
 * The slices that get numbers, in the order of their names, each with the places
 * of its cases: those of criteria first, then those of fairness, then the
 * largest, as long as a result has room.
 *
 * @param numbers - metrics of one slice
 */
export function chooseSlices(
  { criteria, fairness }: Asking,
  cases: EvaluationCase[],
  numbers: number,
): Map<string, number[]> {
  const places = new Map<string, number[]>();
  cases.forEach((it, place) => {
    for (const [name, value] of Object.entries(slicesOf(it))) {
      const slice = `${name}=${value}`;
      const known = places.get(slice);
      if (known) known.push(place);
      else places.set(slice, [place]);
    }
  });
  const ofCriteria = new Set(criteria.map(({ slice }) => slice));
  const rank = (slice: string) => {
    if (ofCriteria.has(slice)) return 0;
    const [attribute] = slice.split('=');
    return fairness?.attributes.includes(attribute) ? 1 : 2;
  };
  // Half of what a result may hold is for everything else.
  const room = Math.floor(MOST_EVALUATION_METRICS / 2 / Math.max(1, numbers));
  return new Map(
    [...places]
      .sort(
        ([a, those], [b, others]) =>
          rank(a) - rank(b) || others.length - those.length,
      )
      .slice(0, Math.min(MOST_SLICES, room))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
