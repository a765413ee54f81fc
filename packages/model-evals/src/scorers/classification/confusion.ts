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

/** Cases by what is right and what was said, which is all that numbers of labels need. */
export interface LabelCells {
  /** Of each case: which of the cells. */
  kinds: Uint32Array;
  /** Nothing for cases without labels. */
  cells: Array<LabelPair | undefined>;
  /** Of each cell: how many cases. */
  counts: Float64Array;
}

/** Sorts cases into cells. */
export function cellsOf(pairs: Array<LabelPair | undefined>): LabelCells {
  const places = new Map<string, number>();
  const cells: Array<LabelPair | undefined> = [];
  const kinds = Uint32Array.from(pairs, pair => {
    const key = JSON.stringify(pair && [pair.expected, pair.predicted]) ?? '';
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, cells.length);
    return cells.push(pair) - 1;
  });
  const counts = new Float64Array(cells.length);
  for (const kind of kinds) counts[kind] += 1;
  return { kinds, cells, counts };
}

/**
 * Labels with their counts, of cells with so many cases; of the labels that are
 * right for some case where none are named. What is given is filled anew by the
 * next call, for there are millions of them.
 */
export function labelTable(
  cells: LabelCells['cells'],
  labels: string[],
): (counts: ArrayLike<number>) => LabelCounts[] {
  const names =
    labels.length > 0 ? labels : cells.flatMap(it => it?.expected ?? []);
  const table = [...new Set(names)]
    .sort()
    .map((label): LabelCounts => ({ label, support: 0, right: 0, said: 0 }));
  const byLabel = new Map(table.map(it => [it.label, it]));
  const rows = cells.map(it => it && byLabel.get(it.expected));
  const columns = cells.map(it =>
    it?.predicted === undefined ? undefined : byLabel.get(it.predicted),
  );
  return counts => {
    for (const it of table) {
      it.support = 0;
      it.right = 0;
      it.said = 0;
    }
    for (let cell = 0; cell < cells.length; cell++) {
      const count = counts[cell];
      const expected = rows[cell];
      const said = columns[cell];
      if (expected) expected.support += count;
      if (said) said.said += count;
      if (expected && expected === said) expected.right += count;
    }
    return labels.length > 0 ? table : table.filter(it => it.support > 0);
  };
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

/** Places of equal values, from 0 in the order in which they come; -1 of what is left out. */
function placesOf<T>(values: T[], isOut: (index: number) => boolean) {
  const known = new Map<T, number>();
  const places = values.map((value, index) => {
    if (isOut(index)) return -1;
    const place = known.get(value) ?? known.size;
    known.set(value, place);
    return place;
  });
  return { places, known };
}

/**
 * Matthews' correlation of many labels, -1 to 1; 0 where one side is constant.
 * What is no label counts as one of its own.
 *
 * @see Gorodkin 2004, Comparing two K-category assignments by a K-category correlation coefficient
 */
export function matthews(
  cells: LabelCells['cells'],
): (counts: ArrayLike<number>) => number | undefined {
  const isOut = (cell: number) => cells[cell] === undefined;
  const rows = placesOf(
    cells.map(it => it?.expected),
    isOut,
  );
  const columns = placesOf(
    cells.map(it => it?.predicted),
    isOut,
  );
  const columnOfRow = [...rows.known.keys()].map(it => columns.known.get(it));
  const expected = new Float64Array(rows.known.size);
  const said = new Float64Array(columns.known.size);
  return counts => {
    expected.fill(0);
    said.fill(0);
    let total = 0;
    let right = 0;
    for (let cell = 0; cell < cells.length; cell++) {
      const pair = cells[cell];
      if (!pair) continue;
      const count = counts[cell];
      total += count;
      expected[rows.places[cell]] += count;
      said[columns.places[cell]] += count;
      if (pair.expected === pair.predicted) right += count;
    }
    if (total === 0) return undefined;
    let crossed = 0;
    for (let row = 0; row < expected.length; row++) {
      const column = columnOfRow[row];
      if (column !== undefined) crossed += expected[row] * said[column];
    }
    const spread = (sums: Float64Array) =>
      total * total - sums.reduce((sum, it) => sum + it * it, 0);
    const below = Math.sqrt(spread(expected) * spread(said));
    return below === 0 ? 0 : (right * total - crossed) / below;
  };
}
