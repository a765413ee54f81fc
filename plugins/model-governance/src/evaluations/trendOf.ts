import type { ModelEvaluation } from '@modelhub/backstage-plugin-models-common';
import { asInterval, metricKey, metricTitle } from './results';

/** One version of a model in a trend. */
export interface TrendPoint {
  /** Of the result. */
  id: string;
  modelVersion: string;
  packVersion?: string;
  value: number;
  interval?: [number, number];
  /** Of another version of the pack than the newest point: not to be compared. */
  isOther: boolean;
}

/** A number over versions of a model. */
export interface MetricTrend {
  key: string;
  title: string;
  unit: string;
  direction?: 'higher' | 'lower';
  /** What the pack asks of it, where it asks one thing. */
  limit?: { at: number; direction: 'at-most' | 'at-least' };
  /** From old to new. */
  points: TrendPoint[];
}

const nameOf = (key: string) => key.split(/[ ,]/)[0];

/**
 * Numbers that at least two versions of a model have; those that the pack asks
 * for first.
 *
 * @param results - of one pack, from new to old
 */
export function trendOf(results: ModelEvaluation[]): MetricTrend[] {
  const usable = newestOfEach(results.filter(it => !it.isWithdrawn));
  const newest = usable[0];
  if (!newest) return [];
  const asked = new Set(newest.criteria.map(({ metric }) => metric));
  return newest.metrics
    .filter(metric => !metric.slice)
    .map((metric): MetricTrend => {
      const key = metricKey(metric);
      const criteria = newest.criteria.filter(
        it =>
          metricKey({
            name: it.metric,
            statistic: it.statistic,
            slice: it.slice,
          }) === key,
      );
      return {
        key,
        title: metricTitle(metric),
        unit: metric.unit,
        direction: metric.direction,
        limit: criteria.length === 1 ? limitOf(criteria[0]) : undefined,
        points: usable.flatMap(it => pointOf(it, key, newest)).reverse(),
      };
    })
    .filter(({ points }) => points.length > 1)
    .sort(
      (a, b) =>
        Number(asked.has(nameOf(b.key))) - Number(asked.has(nameOf(a.key))),
    );
}

function limitOf({
  atLeast,
  atMost,
}: ModelEvaluation['criteria'][number]): MetricTrend['limit'] {
  if (atLeast !== undefined) return { at: atLeast, direction: 'at-least' };
  return atMost === undefined
    ? undefined
    : { at: atMost, direction: 'at-most' };
}

/** One for each version of the model: of the pack's version that is newest, where there is one. */
function newestOfEach(results: ModelEvaluation[]): ModelEvaluation[] {
  const seen = new Map<string, ModelEvaluation>();
  const wanted = results[0]?.pack.version;
  for (const it of results) {
    const had = seen.get(it.modelVersion);
    if (!had || (had.pack.version !== wanted && it.pack.version === wanted)) {
      seen.set(it.modelVersion, it);
    }
  }
  return [...seen.values()];
}

function pointOf(
  result: ModelEvaluation,
  key: string,
  newest: ModelEvaluation,
): TrendPoint[] {
  const metric = result.metrics.find(it => metricKey(it) === key);
  if (!metric) return [];
  const { version, digest } = result.pack;
  return [
    {
      id: result.id,
      modelVersion: result.modelVersion,
      packVersion: version,
      value: metric.value,
      interval: asInterval(metric.interval),
      isOther: version !== newest.pack.version || digest !== newest.pack.digest,
    },
  ];
}
