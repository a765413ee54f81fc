/**
 * Which of `left` goes with which of `right`, so that as many as can be go with
 * one (augmenting paths, Kuhn 1955): what comes first does not take the partner
 * that only another could have had.
 *
 * @returns for each of `left` its partner, or undefined
 */
export function mostMatched(
  left: number,
  right: number,
  fits: (left: number, right: number) => boolean,
): Array<number | undefined> {
  const partnerOf = new Array<number | undefined>(right).fill(undefined);
  const place = (one: number, seen: Set<number>): boolean => {
    for (let other = 0; other < right; other++) {
      if (!seen.has(other) && fits(one, other)) {
        seen.add(other);
        const taken = partnerOf[other];
        if (taken === undefined || place(taken, seen)) {
          partnerOf[other] = one;
          return true;
        }
      }
    }
    return false;
  };
  for (let one = 0; one < left; one++) place(one, new Set());
  const found = new Array<number | undefined>(left).fill(undefined);
  partnerOf.forEach((one, other) => {
    if (one !== undefined) found[one] = other;
  });
  return found;
}

interface Run {
  required: number;
  optional: number;
}

/**
 * The longest common subsequence of what was expected and what was made; of
 * those with as many that are required, one with the most optional ones.
 */
export function longestInOrder(
  expected: number,
  made: number,
  fits: (expected: number, made: number) => boolean,
  isRequired: (expected: number) => boolean,
): Run {
  const isBetter = (a: Run, b: Run) =>
    a.required > b.required ||
    (a.required === b.required && a.optional > b.optional);
  let above: Run[] = Array.from({ length: made + 1 }, () => ({
    required: 0,
    optional: 0,
  }));
  for (let one = 0; one < expected; one++) {
    const row: Run[] = [{ required: 0, optional: 0 }];
    for (let other = 0; other < made; other++) {
      let best = isBetter(above[other + 1], row[other])
        ? above[other + 1]
        : row[other];
      if (fits(one, other)) {
        const with1 = isRequired(one)
          ? { ...above[other], required: above[other].required + 1 }
          : { ...above[other], optional: above[other].optional + 1 };
        if (isBetter(with1, best)) best = with1;
      }
      row.push(best);
    }
    above = row;
  }
  return above[made];
}
