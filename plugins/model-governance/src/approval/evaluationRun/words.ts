import type {
  MeasuredTarget,
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
}: MeasuredTarget): string {
  if (target === undefined) return 'nothing; only shown';
  const words = direction === 'at-most' ? 'at most' : 'at least';
  return `${words} ${amountText(target, unit)}`;
}

/** `350 ms to 430 ms`. */
export function intervalText({
  interval,
  unit,
}: MeasuredTarget): string | undefined {
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
