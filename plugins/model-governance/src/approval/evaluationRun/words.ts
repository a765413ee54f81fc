import type {
  IncumbentComparison,
  MeasuredTarget,
  PackStanding,
  TargetStanding,
} from '@modelhub/backstage-plugin-models-common';

const short = (value: number) =>
  Number(
    Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3),
  ).toString();

/** `380 ms`, `2.5 %`, `41 tokens/s`. */
export function amountText(value: number, unit: string): string {
  if (unit === 'ratio') return `${short(value * 100)} %`;
  return unit === '1' ? short(value) : `${short(value)} ${unit}`;
}

/** `at most 400 ms`. */
export function targetText({
  direction,
  target,
  unit,
}: Pick<MeasuredTarget, 'direction' | 'target' | 'unit'>): string {
  if (target === undefined) return 'nothing; only shown';
  const words = direction === 'at-most' ? 'at most' : 'at least';
  return `${words} ${amountText(target, unit)}`;
}

/** `350 ms to 430 ms`. */
export function intervalText({
  interval,
  unit,
}: Pick<MeasuredTarget, 'interval' | 'unit'>): string | undefined {
  return (
    interval &&
    `${amountText(interval[0], unit)} to ${amountText(interval[1], unit)}`
  );
}

export const standingText: Record<TargetStanding, string> = {
  met: 'Met',
  uncertain: 'Met, not for sure',
  missed: 'Missed',
  'not-measured': 'Not measured',
};

/** A size without its sign; differences of shares are points, not per cent. */
export function sizeText(difference: number, unit: string): string {
  const size = Math.abs(difference);
  if (unit !== 'ratio') return amountText(size, unit);
  const points = short(size * 100);
  return points === '1' ? '1 point' : `${points} points`;
}

/** `2.1 points worse`; differences are turned so that a negative one is a loss. */
export function differenceText(difference: number, unit: string): string {
  const size = sizeText(difference, unit);
  if (/^0( |$)/.test(size)) return 'the same';
  return `${size} ${difference < 0 ? 'worse' : 'better'}`;
}

/** `4.5 points worse to 0.3 points better`, `2 to 4.5 points worse`. */
export function differenceIntervalText({
  interval: [low, high],
  unit,
}: Pick<IncumbentComparison, 'interval' | 'unit'>): string {
  const words = [low, high].map(end => differenceText(end, unit));
  if (low * high <= 0 || words.includes('the same')) return words.join(' to ');
  // Both on one side: it is said once, and the smaller one first.
  const [near, far] = low < 0 ? [high, low] : [low, high];
  const amount = unit === 'ratio' ? near * 100 : near;
  return `${short(Math.abs(amount))} to ${differenceText(far, unit)}`;
}

/** `95 %`. */
export const confidenceText = (confidence: number) =>
  amountText(confidence, 'ratio');

/** What a comparison says, as a sentence. */
export function comparisonSentence({
  standing,
  margin,
  unit,
  pairs,
}: Pick<
  IncumbentComparison,
  'standing' | 'margin' | 'unit' | 'pairs'
>): string {
  const by = margin > 0 ? ` by more than ${sizeText(margin, unit)}` : '';
  switch (standing) {
    case 'worse':
      return `It is significantly worse${by}: more than chance explains.`;
    case 'better':
      return 'It is significantly better.';
    case 'not-worse':
      return margin > 0
        ? `It is shown not to be worse${by}.`
        : 'It is shown not to be worse.';
    default:
      return `Whether it is worse${by} cannot be told from ${caseCountText(
        pairs,
      )}.`;
  }
}

/** `1 case`, `1,200 cases`. */
export function caseCountText(count: number): string {
  return count === 1 ? '1 case' : `${count.toLocaleString('en-GB')} cases`;
}

/** `198 of 200 cases scored, 2 failed.` */
export function casesText(cases: PackStanding['cases']): string {
  if (!cases) return '';
  const { asked, scored, unscored, failed } = cases;
  const rest = [
    ...(unscored > 0 ? [`${unscored} could not be judged`] : []),
    ...(failed > 0 ? [`${failed} got no answer`] : []),
  ].join(', ');
  return `${scored} of ${caseCountText(asked)} scored${
    rest ? `; ${rest}` : ''
  }.`;
}

/** `concurrency=8` in words. */
export function loadText(load: string): string {
  const [, callers] = /^concurrency=(\d+)$/.exec(load) ?? [];
  if (callers) {
    return callers === '1' ? 'one caller' : `${callers} callers at once`;
  }
  const [, rate] = /^rate=([\d.]+)\/s$/.exec(load) ?? [];
  return rate ? `${rate} new requests a second` : load;
}

/** `language=de` as it is, `concurrency=8` in words. */
export function sliceText(slice: string): string {
  const load = loadText(slice);
  return load === slice ? slice : `under ${load}`;
}
