/** What is right, and what was said; nothing where no known label was. */
export interface LabelPair {
  expected: string;
  predicted?: string;
}

/** How one label fared. */
export interface LabelCounts {
  label: string;
  /** Cases of it. */
  support: number;
  right: number;
  /** Cases that were said to be of it. */
  said: number;
}

/** Labels of a set of cases, each with its counts. */
export function labelCounts(
  pairs: LabelPair[],
  labels: string[],
): LabelCounts[] {
  const all = labels.length > 0 ? labels : pairs.map(it => it.expected);
  return [...new Set(all)].sort().map(label => ({
    label,
    support: pairs.filter(it => it.expected === label).length,
    said: pairs.filter(it => it.predicted === label).length,
    right: pairs.filter(it => it.expected === label && it.predicted === label)
      .length,
  }));
}

export type Averaging = 'macro' | 'micro' | 'weighted';

const share = (part: number, of: number) => (of > 0 ? part / of : 0);

const of = {
  precision: ({ right, said }: LabelCounts) => share(right, said),
  recall: ({ right, support }: LabelCounts) => share(right, support),
  f1: ({ right, said, support }: LabelCounts) =>
    share(2 * right, said + support),
};

export type LabelMeasure = keyof typeof of;

/** Of one label: precision, recall or F1; 0 where there is nothing to divide by. */
export const labelMeasure = (counts: LabelCounts, measure: LabelMeasure) =>
  of[measure](counts);

/**
 * Of all labels: `macro` is the mean of the labels', `weighted` weighs it by
 * their cases, `micro` counts all labels as one. As scikit-learn does, with
 * `zero_division=0`; labels that neither come nor are said count for nothing.
 *
 * @see https://scikit-learn.org/stable/modules/model_evaluation.html
 */
export function averaged(
  counts: LabelCounts[],
  measure: LabelMeasure,
  averaging: Averaging,
): number | undefined {
  const seen = counts.filter(it => it.support > 0 || it.said > 0);
  if (seen.length === 0) return undefined;
  const sum = (value: (it: LabelCounts) => number) =>
    seen.reduce((total, it) => total + value(it), 0);
  if (averaging === 'micro') {
    return of[measure]({
      label: '',
      support: sum(it => it.support),
      right: sum(it => it.right),
      said: sum(it => it.said),
    });
  }
  return averaging === 'macro'
    ? sum(of[measure]) / seen.length
    : share(
        sum(it => it.support * of[measure](it)),
        sum(it => it.support),
      );
}

/**
 * Matthews' correlation of many labels, -1 to 1; 0 where one side is constant.
 * What is no label counts as one of its own.
 *
 * @see Gorodkin 2004, Comparing two K-category assignments by a K-category correlation coefficient
 */
export function matthews(pairs: LabelPair[]): number | undefined {
  if (pairs.length === 0) return undefined;
  const expected = new Map<string, number>();
  const said = new Map<string | undefined, number>();
  let right = 0;
  for (const pair of pairs) {
    expected.set(pair.expected, (expected.get(pair.expected) ?? 0) + 1);
    said.set(pair.predicted, (said.get(pair.predicted) ?? 0) + 1);
    if (pair.expected === pair.predicted) right++;
  }
  const total = pairs.length;
  let crossed = 0;
  for (const [label, count] of expected)
    crossed += count * (said.get(label) ?? 0);
  const spread = (counts: Iterable<number>) =>
    total * total - [...counts].reduce((sum, it) => sum + it * it, 0);
  const below = Math.sqrt(spread(expected.values()) * spread(said.values()));
  return below === 0 ? 0 : (right * total - crossed) / below;
}
