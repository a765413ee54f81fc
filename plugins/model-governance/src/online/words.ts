import type {
  OnlineExperiment,
  OnlineFigure,
} from '@modelhub/backstage-plugin-models-common';

/** How an experiment stands, in words. */
export function stateWords({ state, stop }: OnlineExperiment): string {
  if (state === 'planned') return 'Waits for consent';
  if (state === 'running') return 'Runs';
  switch (stop?.kind) {
    case 'withdrawn':
      return 'Consent withdrawn';
    case 'worse':
      return 'Stopped itself: worse';
    case 'failing':
      return 'Stopped itself: failing';
    case 'not-allowed':
      return 'Stopped itself: not allowed';
    case 'old-gateway':
      return 'Stopped itself: old gateway';
    case 'drift':
      return 'Stopped itself: drift';
    case 'time':
      return 'Ended in time';
    default:
      return state === 'ended' ? 'Given up' : 'Stopped';
  }
}

/** A figure with its unit; shares in percent. */
export function valueWords(value: number, unit: string): string {
  if (unit === 'ratio') return `${Number((value * 100).toFixed(1))} %`;
  const number = Number(value.toPrecision(3)).toLocaleString('en-GB', {
    maximumSignificantDigits: 3,
  });
  return `${number} ${unit}`;
}

export function rangeWords(
  interval: number[] | undefined,
  unit: string,
): string | undefined {
  return (
    interval &&
    `${valueWords(interval[0], unit)} to ${valueWords(interval[1], unit)}`
  );
}

/** Below them nothing is said about a difference. */
const LEAST = { calls: 50, groups: 10 };

/** What a comparison comes to. */
export function verdictWords(figure: OnlineFigure): string {
  const { comparison, margin, control, challenger } = figure;
  const isEnough = [control, challenger].every(
    arm => arm && arm.calls >= LEAST.calls && arm.groups >= LEAST.groups,
  );
  switch (comparison?.standing) {
    case 'worse':
      return margin ? 'Worse by more than the margin' : 'Worse';
    case 'better':
      return 'Better';
    case 'not-worse':
      return 'Not worse than the margin';
    case 'unclear':
      return isEnough && margin === undefined
        ? 'No difference seen'
        : 'Too early to say';
    default:
      return 'Nothing to compare yet';
  }
}

/** `Loss of 3 ms`; losses are negative. */
export function differenceWords(difference: number, unit: string): string {
  if (difference === 0) return 'No difference so far';
  return `${difference < 0 ? 'Loss' : 'Gain'} of ${valueWords(
    Math.abs(difference),
    unit,
  )}`;
}

export const callsWords = (calls: number): string =>
  `${calls.toLocaleString('en-GB')} ${calls === 1 ? 'call' : 'calls'}`;

export const modelWords = ({
  gatewayId,
  version,
}: OnlineExperiment['control']): string => `${gatewayId}@${version}`;

export const percent = (share: number): string =>
  `${Number((share * 100).toFixed(2))} %`;
