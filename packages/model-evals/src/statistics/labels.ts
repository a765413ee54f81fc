import type { EvaluationResult } from '@modelhub/governance-protocol';

/** What is right, and what the model said. */
export interface LabelPair {
  expected: string;
  predicted: string | undefined;
}

type OfLabels = (pairs: LabelPair[]) => number | undefined;

interface Counts {
  hits: number;
  said: number;
  right: number;
}

function countsOf(pairs: LabelPair[]): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  const of = (label: string) => {
    const found = counts.get(label) ?? { hits: 0, said: 0, right: 0 };
    counts.set(label, found);
    return found;
  };
  for (const { expected, predicted } of pairs) {
    of(expected).right += 1;
    if (predicted === undefined) continue;
    of(predicted).said += 1;
    if (predicted === expected) of(expected).hits += 1;
  }
  return counts;
}

/** The mean over the labels that are right somewhere. */
function macro(of: (counts: Counts) => number): OfLabels {
  return pairs => {
    const expected = [...countsOf(pairs).values()].filter(
      ({ right }) => right > 0,
    );
    if (expected.length === 0) return undefined;
    return expected.reduce((sum, it) => sum + of(it), 0) / expected.length;
  };
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

/**
 * Numbers of a classification that are more than the mean of its cases, by the
 * name that follows the metric's.
 */
export const OF_LABELS: Record<string, OfLabels> = {
  accuracy: pairs =>
    pairs.length === 0
      ? undefined
      : pairs.filter(it => it.expected === it.predicted).length / pairs.length,
  precision: macro(({ hits, said }) => share(hits, said)),
  recall: macro(({ hits, right }) => share(hits, right)),
  f1: macro(({ hits, said, right }) => share(2 * hits, said + right)),
};

/** Of the cases of a result that have labels; undefined of those without. */
export function labelsOf(
  result: EvaluationResult,
): Array<LabelPair | undefined> | undefined {
  const labels = result.cases.labels;
  return labels?.expected.map((expected, index) =>
    expected === null || result.cases.outcomes[index] === 'failed'
      ? undefined
      : { expected, predicted: labels.predicted[index] ?? undefined },
  );
}
