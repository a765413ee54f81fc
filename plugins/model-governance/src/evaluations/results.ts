import type {
  EvaluationPackCriterion,
  MeasuredTarget,
  ModelEvaluation,
  ModelEvaluationMetric,
} from '@modelhub/backstage-plugin-models-common';
import { amountText } from '../approval/evaluationRun/words';
import { runMetrics } from './runMetrics';

/** All results of a model on one pack. */
export interface PackResults {
  /** Of the pack, whatever its version. */
  key: string;
  title: string;
  entityRef?: string;
  type?: ModelEvaluation['pack']['type'];
  /** The one that people want to see: of the newest version of the model that has one. */
  newest: ModelEvaluation;
  /** The newest of each version of the model and pack; versions of the model from new to old. */
  results: ModelEvaluation[];
}

/** The contract says two numbers; its types say a list. */
export function asInterval(
  interval: number[] | undefined,
): [number, number] | undefined {
  return interval?.length === 2 ? [interval[0], interval[1]] : undefined;
}

/**
 * Results by pack, packs by title.
 *
 * @param versions - of the model, from old to new, as the catalog lists them
 */
export function byPack(
  evaluations: ModelEvaluation[],
  versions: string[],
): PackResults[] {
  const groups = new Map<string, ModelEvaluation[]>();
  for (const it of evaluations) {
    const key = it.pack.entityRef ?? it.pack.name;
    groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return [...groups]
    .map(([key, unsorted]) => {
      const results = [...unsorted].sort(newerFirst(versions));
      const newest = results[0];
      const named = results.find(({ pack }) => pack.title) ?? newest;
      return {
        key,
        title: named.pack.title ?? newest.pack.name,
        entityRef: newest.pack.entityRef,
        type: named.pack.type,
        newest,
        results,
      };
    })
    .sort((a, b) => a.title.localeCompare(b.title, 'en'));
}

/** By version of the model as the catalog lists them, then by time; withdrawn ones last. */
function newerFirst(versions: string[]) {
  return (a: ModelEvaluation, b: ModelEvaluation): number =>
    Number(a.isWithdrawn) - Number(b.isWithdrawn) ||
    versions.indexOf(b.modelVersion) - versions.indexOf(a.modelVersion) ||
    b.finishedAt.localeCompare(a.finishedAt);
}

/** `accuracy`, `request_latency p95`, `accuracy, language=de`: what tells numbers of a result apart. */
export function metricKey(
  metric: Pick<ModelEvaluationMetric, 'name' | 'statistic' | 'slice'>,
): string {
  const statistic =
    metric.statistic && metric.statistic !== 'mean'
      ? ` ${metric.statistic}`
      : '';
  return `${metric.name}${statistic}${metric.slice ? `, ${metric.slice}` : ''}`;
}

/** The title of a metric with its statistic where it has one. */
export function metricTitle({
  name,
  title = name,
  statistic,
}: Pick<ModelEvaluationMetric, 'name' | 'statistic'> & {
  title?: string;
}): string {
  const words = title === name ? runMetrics[name]?.title ?? name : title;
  return statistic && !['mean', 'rate'].includes(statistic)
    ? `${words}, ${statistic}`
    : words;
}

type Judged = ModelEvaluation['criteria'][number];

const keyOfCriterion = ({
  metric,
  statistic,
  slice,
}: EvaluationPackCriterion) => metricKey({ name: metric, statistic, slice });

/** What the pack asks beside what was measured, then all else that was measured. */
export function targetsOf(
  evaluation: Pick<ModelEvaluation, 'criteria' | 'metrics'>,
): MeasuredTarget[] {
  const metrics = new Map(
    evaluation.metrics.map(metric => [metricKey(metric), metric]),
  );
  const titles = new Map(
    evaluation.metrics.map(({ name, title }) => [name, title]),
  );
  const asked = evaluation.criteria.map(criterion =>
    criterionTarget(
      criterion,
      metrics.get(keyOfCriterion(criterion)),
      titles.get(criterion.metric),
    ),
  );
  const known = new Set(evaluation.criteria.map(keyOfCriterion));
  const others = evaluation.metrics
    .filter(metric => !known.has(metricKey(metric)))
    .map(metricTarget);
  return [...asked, ...others];
}

function criterionTarget(
  criterion: Judged,
  metric?: ModelEvaluationMetric,
  title?: string,
): MeasuredTarget {
  const { atLeast, atMost, slice, standing, statistic } = criterion;
  const direction = atLeast === undefined ? 'at-most' : 'at-least';
  return {
    id: `${keyOfCriterion(criterion)} ${direction}`,
    title: metricTitle({ name: criterion.metric, title, statistic }),
    direction,
    target: atLeast ?? atMost,
    unit:
      criterion.unit ??
      metric?.unit ??
      runMetrics[criterion.metric]?.unit ??
      '1',
    standing,
    value: criterion.value ?? metric?.value,
    interval: asInterval(criterion.interval ?? metric?.interval),
    samples: metric?.samples,
    slice,
  };
}

function metricTarget(metric: ModelEvaluationMetric): MeasuredTarget {
  return {
    id: metricKey(metric),
    title: metricTitle(metric),
    direction: metric.direction === 'lower' ? 'at-most' : 'at-least',
    unit: metric.unit,
    standing: 'met',
    value: metric.value,
    interval: asInterval(metric.interval),
    samples: metric.samples,
    slice: metric.slice,
  };
}

/** `at least 85 %`, where the unit is known; the bare number otherwise. */
export function criterionText({
  metric,
  atLeast,
  atMost,
}: EvaluationPackCriterion): string {
  const unit = runMetrics[metric]?.unit;
  const amount = (value: number) =>
    unit === undefined ? String(value) : amountText(value, unit);
  return atLeast === undefined
    ? `at most ${amount(atMost ?? 0)}`
    : `at least ${amount(atLeast)}`;
}

/** Controls, but for line feed and tab, and what hides in a text or turns its direction. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A model's text with everything that a reader would not see made visible. */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(
      INVISIBLE,
      character =>
        `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
    );
}
