import type { MetricComparison } from '../statistics';
import { quantity } from './numbers';
import type { MetricRow } from './view';

/** What a test says, as people read it. */
export const STANDINGS: Record<
  MetricComparison['standing'],
  { words: string; kind: 'good' | 'bad' | 'open' }
> = {
  worse: { words: '✗ significantly worse', kind: 'bad' },
  better: { words: '✓ significantly better', kind: 'good' },
  'not-worse': { words: '✓ within the margin', kind: 'good' },
  unclear: { words: '? too few cases to say', kind: 'open' },
};

/** `at least 90 %`; nothing where nothing is asked. */
export function threshold({ criterion, unit }: MetricRow): string {
  if (!criterion) return '';
  const { atLeast, atMost } = criterion;
  return atLeast === undefined
    ? `at most ${quantity(atMost ?? NaN, unit)}`
    : `at least ${quantity(atLeast, unit)}`;
}

/** Whether it was reached. */
export function verdict({
  verdict: it,
}: MetricRow): { words: string; kind: 'good' | 'bad' | 'open' } | undefined {
  if (!it) return undefined;
  const doubt = it.isSure ? '' : ', within the doubt';
  if (it.isMet) {
    return { words: `✓ met${doubt}`, kind: it.isSure ? 'good' : 'open' };
  }
  return { words: `✗ not met${doubt}`, kind: it.isSure ? 'bad' : 'open' };
}

/** What else is to know of comparisons, a sentence each. */
export function remarks(
  comparisons: Array<MetricComparison & { title: string }>,
): string[] {
  const of = (fits: (it: MetricComparison) => unknown) =>
    comparisons.filter(fits).map(it => it.title);
  const unpaired = comparisons.filter(it => it.unpaired);
  const parts = of(it => it.basis === 'case-means');
  return [
    ...(unpaired.length > 0
      ? [
          `Cases that only one of the two has a score of, and that do not count: ${unpaired
            .map(it => `${it.unpaired} of ${it.title}`)
            .join(', ')}.`,
        ]
      : []),
    ...(parts.length > 0
      ? [
          `Of all cases together, ${parts.join(
            ', ',
          )} is more than the mean of its cases; here the means are compared.`,
        ]
      : []),
    ...(comparisons.some(it => it.adjustedPValue !== undefined)
      ? [
          'Of several metrics, one looks worse by chance sooner: p is corrected for all of them (Holm).',
        ]
      : []),
  ];
}

export function pValue(value: number): string {
  return value < 0.001 ? '< 0.001' : value.toFixed(3);
}
