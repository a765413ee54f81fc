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

const BASES: Record<NonNullable<MetricComparison['basis']>, string> = {
  cases: '',
  labels: 'made anew of all labels',
  'case-means':
    'the mean of the cases; of a single case it is another number than of all together',
};

/** What else is to know of a comparison. */
export function remarks({
  pairs,
  unpaired,
  basis,
  adjustedPValue,
}: MetricComparison): string {
  return [
    `${pairs} pairs`,
    ...(unpaired ? [`${unpaired} cases that only one has`] : []),
    ...(basis && BASES[basis] ? [BASES[basis]] : []),
    ...(adjustedPValue === undefined ? [] : ['p corrected for all metrics']),
  ].join('; ');
}

export function pValue(value: number): string {
  return value < 0.001 ? '< 0.001' : value.toFixed(3);
}
