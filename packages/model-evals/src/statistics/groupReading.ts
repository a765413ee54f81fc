import type { EvaluationResult } from '@modelhub/governance-protocol';
import { countedIntervals, meanInterval } from './bootstrap';
import { columnOf, rangeOf, unknownMetric } from './columns';
import { labelMetric, labelsOf, type LabelPair } from './labels';
import { normalProbability } from './normal';
import type { ResamplingOptions } from './types';

/** A case of a group. */
export interface Member {
  value: number | undefined;
  labels: LabelPair | undefined;
}

/** How a metric is made of members of a group. */
export interface Reading {
  unit: string;
  member(index: number): Member;
  counts(member: Member): boolean;
  value(members: Member[]): number | undefined;
  /** At so many standard deviations to each side. */
  intervals(
    members: Member[],
    options: ResamplingOptions,
  ): (deviations: number) => [number, number];
}

/** The confidence of an interval of so many deviations to each side. */
export const levelOf = (deviations: number) =>
  2 * normalProbability(deviations) - 1;

const valuesOf = (members: Member[]) => members.flatMap(it => it.value ?? []);

const mean = (values: number[]) =>
  values.length === 0
    ? undefined
    : values.reduce((sum, it) => sum + it, 0) / values.length;

/** Of values that are all the same and have no range: from nothing to twice them. */
function spanOf(values: number[]): [number, number] {
  const value = values[0] ?? 0;
  return [Math.min(0, 2 * value), Math.max(0, 2 * value)];
}

/** How to read a metric of a result, of its cases or of their labels. */
export function readingOf(
  result: EvaluationResult,
  metric: string,
  positiveLabel?: string,
): Reading {
  const labels = labelsOf(result);
  const column = columnOf(result, metric);
  const member = (index: number): Member => ({
    value: column?.values[index] ?? undefined,
    labels: labels?.[index],
  });
  if (column) {
    const range = rangeOf(column.measure.unit);
    return {
      unit: column.measure.unit,
      member,
      counts: it => it.value !== undefined,
      value: members => mean(valuesOf(members)),
      intervals: (members, options) => deviations =>
        meanInterval(valuesOf(members), {
          ...options,
          confidence: levelOf(deviations),
          range,
        }) ?? spanOf(valuesOf(members)),
    };
  }
  const measure = labelMetric(metric, positiveLabel);
  if (!measure || !labels) throw unknownMetric(result, metric);
  const { unit, width } = measure;
  const range: [number, number] = [1 - width, 1];
  return {
    unit,
    member,
    counts: it => it.labels !== undefined,
    value: members => measure.of(members.flatMap(it => it.labels ?? [])),
    intervals(members, options) {
      const labelled = members.flatMap(it => it.labels ?? []);
      const at = countedIntervals(measure.counted(labelled), {
        ...options,
        range,
      });
      return deviations => at(levelOf(deviations)) ?? range;
    },
  };
}
