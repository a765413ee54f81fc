import type {
  PlaygroundBatchTarget,
  PlaygroundDifference,
  PlaygroundRunState,
} from '@modelhub/backstage-plugin-models-common';
import {
  countText,
  durationText,
  moneyText,
} from '@modelhub/backstage-plugin-models-react';

const number = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });

const isCurrency = (unit: string) => /^[A-Z]{3}$/.test(unit);

/** `82 %`, `380 ms`, `$0.0012`, `41 tokens/s`. */
export function amountText(value: number, unit: string): string {
  if (unit === 'ratio') return `${number.format(value * 100)} %`;
  if (unit === 'ms') return durationText(value);
  if (isCurrency(unit)) return moneyText(value, unit);
  return unit === '1'
    ? number.format(value)
    : `${number.format(value)} ${unit}`;
}

/** `78 % to 86 %`. */
export const intervalText = ([low, high]: number[], unit: string) =>
  `${amountText(low, unit)} to ${amountText(high, unit)}`;

/** `4 points better`; differences are turned so that a negative one is a loss. */
export function differenceText(difference: number, unit: string): string {
  const size = Math.abs(difference);
  if (size === 0) return 'the same';
  const amount =
    unit === 'ratio'
      ? `${number.format(size * 100)} points`
      : amountText(size, unit);
  return `${amount} ${difference < 0 ? 'worse' : 'better'}`;
}

/** What a comparison came to, in words. */
export const standingTexts: Record<PlaygroundDifference['standing'], string> = {
  better: 'Better, for sure',
  'not-worse': 'Not worse',
  unclear: 'Too few rows to tell',
  worse: 'Worse, for sure',
};

const stateTexts: Record<PlaygroundRunState, string> = {
  queued: 'In the queue',
  running: 'Running',
  finished: 'Finished',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** What the state of a run is called. */
export const runStateText = (state: PlaygroundRunState) => stateTexts[state];

/** Whether more answers will come. */
export const isUnderWay = (state: PlaygroundRunState) =>
  state === 'queued' || state === 'running';

/** `12 of 20 rows, 1 without an answer`. */
export function progressText(
  it: Pick<PlaygroundBatchTarget, 'done' | 'total' | 'failed' | 'retries'>,
): string {
  return [
    `${countText(it.done)} of ${countText(it.total)} ${
      it.total === 1 ? 'row' : 'rows'
    }`,
    ...(it.failed > 0 ? [`${countText(it.failed)} without an answer`] : []),
    ...(it.retries
      ? [`${countText(it.retries)} ${it.retries === 1 ? 'retry' : 'retries'}`]
      : []),
  ].join(', ');
}
