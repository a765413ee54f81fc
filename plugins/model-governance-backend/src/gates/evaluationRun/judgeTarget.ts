import type {
  MeasuredTarget,
  TargetStanding,
} from '@modelhub/backstage-plugin-models-common';
import type { EvaluationMetric } from '@modelhub/governance-protocol';

/** What is asked of a number. */
export type Asked = Pick<
  MeasuredTarget,
  'id' | 'title' | 'direction' | 'target' | 'unit'
>;

/** How a measured number stands to what is asked. */
export function standingOf(
  { direction, target }: Pick<Asked, 'direction' | 'target'>,
  value: number,
  interval?: [number, number],
): TargetStanding {
  if (target === undefined) return 'met';
  const isWithin = (it: number) =>
    direction === 'at-most' ? it <= target : it >= target;
  if (!isWithin(value)) return 'missed';
  const worst =
    interval && (direction === 'at-most' ? interval[1] : interval[0]);
  return worst === undefined || isWithin(worst) ? 'met' : 'uncertain';
}

/** A target beside what was measured; `not-measured` with the reason. */
export function judgeTarget(
  asked: Asked,
  found: EvaluationMetric | undefined,
  minSamples: number,
): MeasuredTarget {
  if (!found) {
    return {
      ...asked,
      standing: 'not-measured',
      note: 'The run did not measure it.',
    };
  }
  const { value, unit, interval, samples, slice } = found;
  const measured = {
    ...asked,
    value,
    ...(interval && { interval }),
    ...(samples !== undefined && { samples }),
    ...(slice && { slice }),
  };
  if (unit !== asked.unit) {
    return {
      ...measured,
      standing: 'not-measured',
      note: `It was measured in ${unit}, and the target is in ${asked.unit}.`,
    };
  }
  if (samples === undefined ? minSamples > 1 : samples < minSamples) {
    return {
      ...measured,
      standing: 'not-measured',
      note:
        samples === undefined
          ? `The run does not say how many samples it rests on, and ${minSamples} are asked for.`
          : `It rests on ${samples} samples, and ${minSamples} are asked for.`,
    };
  }
  return { ...measured, standing: standingOf(asked, value, interval) };
}

const trimmed = (value: number) =>
  Number(
    Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3),
  ).toString();

/** A number with its unit, for people. */
export function amount(value: number, unit: string): string {
  if (unit === 'ratio') return `${trimmed(value * 100)} %`;
  return unit === '1' ? trimmed(value) : `${trimmed(value)} ${unit}`;
}
