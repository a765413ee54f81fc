import { setImmediate } from 'node:timers/promises';
import {
  performanceSlice,
  type EvaluationMeasure,
  type EvaluationMetric,
} from '@modelhub/governance-protocol';
import { RUN_METRICS } from '../pack/runMetrics';
import type { EvaluationCase, PackScorer } from '../pack/types';
import { estimate } from '../performance/statistics';
import type { CaseScore, Scorer } from '../scorers/types';
import { meanInterval, shareInterval } from '../statistics';
import { bootstrapInterval, countedIntervals } from '../statistics/bootstrap';
import type { CaseRow } from './CaseTable';
import { askedMetrics, chooseSlices } from './chooseSlices';
import type { RunSettings } from './settings';

/** Intervals of slices are drawn less often, for there are many of them. */
const SLICE_RESAMPLES = 500;

type Named = {
  name: string;
  scorer: Scorer;
  params: NonNullable<RunSettings['pack']['scorers'][number]['params']>;
};

/** Drawing takes its time, and this process may have others to serve. */
const breathe = () => setImmediate();

const rounded = (value: number) => Number(value.toPrecision(9));

/**
 * Every metric that the scorers of a pack measure, and how to read it. What
 * scorers that nobody knows measure is left out.
 *
 * @public
 */
export function measuresOf({
  scorers,
  scorerOf,
}: {
  scorers: Array<Pick<PackScorer, 'name' | 'type'>>;
  scorerOf(type: string): Scorer | undefined;
}): Record<string, EvaluationMeasure> {
  const measures: Record<string, EvaluationMeasure> = {};
  for (const { name, type } of scorers) {
    const scorer = scorerOf(type);
    if (!scorer) continue;
    const own = scorer.aggregates?.find(({ suffix }) => suffix === '');
    measures[name] = {
      scorer: scorer.type,
      title: own?.title ?? scorer.title,
      direction: scorer.direction,
      unit: scorer.unit,
      aggregate: own ? 'own' : 'mean',
    };
    for (const it of scorer.aggregates ?? []) {
      if (it.suffix === '') continue;
      measures[`${name}.${it.suffix}`] = {
        scorer: scorer.type,
        title: it.title,
        direction: it.direction,
        unit: it.unit,
        aggregate: 'own',
      };
    }
  }
  return measures;
}

/** All numbers of a run: of scorers, overall and by slice, and of speed and cost. */
export async function metricsOf(
  settings: RunSettings,
  cases: EvaluationCase[],
  rows: CaseRow[],
): Promise<EvaluationMetric[]> {
  const metrics: EvaluationMetric[] = [];
  const scorers = named(settings);
  const asked = askedMetrics(settings.pack);
  const ofSlices = scorers.map(it => numbersOfSlice(it, asked));
  const slices = chooseSlices(settings.pack, cases, ofSlices.flat().length);
  for (const [index, it] of scorers.entries()) {
    const scores = rows.map(row => row.scores[it.name]);
    metrics.push(...(await scored(it, scores, settings)));
    for (const [slice, places] of slices) {
      metrics.push(
        ...(await scored(
          it,
          places.map(place => scores[place]),
          {
            ...settings,
            resamples: Math.min(settings.resamples, SLICE_RESAMPLES),
          },
          { slice, only: ofSlices[index] },
        )),
      );
    }
  }
  return [...metrics, ...(await speedAndCost(settings, rows))];
}

function named({ pack, scorerOf }: RunSettings): Named[] {
  return pack.scorers.flatMap(({ name, type, params = {} }) => {
    const scorer = scorerOf(type);
    return scorer ? [{ name, scorer, params }] : [];
  });
}

/** A classification has two dozen numbers; of slices there are those that are asked for. */
function numbersOfSlice({ name, scorer }: Named, asked: Set<string>): string[] {
  const further = (scorer.aggregates ?? []).map(
    ({ suffix }) => `${name}.${suffix}`,
  );
  return [name, ...further.filter(it => asked.has(it))];
}

async function scored(
  { name, scorer, params }: Named,
  all: Array<CaseScore | undefined>,
  settings: Pick<RunSettings, 'confidence' | 'resamples' | 'seed'>,
  { slice, only }: { slice?: string; only?: string[] } = {},
): Promise<EvaluationMetric[]> {
  const known = all.flatMap(it => (it?.value === undefined ? [] : [it]));
  if (known.length === 0) return [];
  const metric = (
    metricName: string,
    unit: string,
    value: number | undefined,
    interval: [number, number] | undefined,
    samples: number = known.length,
  ): EvaluationMetric[] =>
    value === undefined || !Number.isFinite(value)
      ? []
      : [
          {
            name: metricName,
            value: rounded(value),
            unit,
            ...(slice !== undefined && { slice }),
            samples,
            ...(interval && {
              interval: [rounded(interval[0]), rounded(interval[1])],
            }),
          },
        ];
  const range = (unit: string): { range?: [number, number] } =>
    unit === 'ratio' ? { range: [0, 1] } : {};
  const aggregates = scorer.aggregates ?? [];
  const made: EvaluationMetric[] = [];
  for (const it of aggregates) {
    const metricName = it.suffix === '' ? name : `${name}.${it.suffix}`;
    const meant = it.isAbout
      ? known.filter(score => it.isAbout?.(score, params))
      : known;
    if (meant.length > 0 && (!only || only.includes(metricName))) {
      await breathe();
      const options = { ...settings, ...range(it.unit) };
      made.push(
        ...metric(
          metricName,
          it.unit,
          it.of(meant, params),
          it.counted
            ? countedIntervals(
                it.counted(meant, params),
                options,
              )(settings.confidence)
            : bootstrapInterval(
                meant,
                scores => it.of(scores, params),
                options,
              ),
          meant.length,
        ),
      );
    }
  }
  if (aggregates.some(({ suffix }) => suffix === '')) return made;
  await breathe();
  const values = known.map(it => it.value ?? NaN);
  const mean = values.reduce((sum, it) => sum + it, 0) / values.length;
  const means = metric(
    name,
    scorer.unit,
    mean,
    meanInterval(values, { ...settings, ...range(scorer.unit) }),
  ).map(it => ({ ...it, statistic: 'mean' as const }));
  return [...means, ...made];
}

async function speedAndCost(
  settings: RunSettings,
  rows: CaseRow[],
): Promise<EvaluationMetric[]> {
  const { confidence, resamples, seed, concurrency, prices } = settings;
  const options = { confidence, resamples, seed };
  const slice = performanceSlice({ concurrency });
  const known = (of: (row: CaseRow) => number | undefined) =>
    rows.flatMap(row => of(row) ?? []);
  const times = async (
    name: string,
    values: number[],
  ): Promise<EvaluationMetric[]> => {
    await breathe();
    return estimate(
      values.map(value => [value]),
      options,
    ).map(({ value, interval, ...rest }) => ({
      name,
      unit: 'ms',
      slice,
      value: rounded(value),
      ...(interval && {
        interval: [rounded(interval[0]), rounded(interval[1])],
      }),
      ...rest,
    }));
  };
  const mean = async (name: string, unit: string, values: number[]) => {
    if (values.length === 0) return [];
    await breathe();
    const sum = values.reduce((all, it) => all + it, 0);
    const interval = meanInterval(values, options);
    return [
      {
        name,
        unit,
        statistic: 'mean' as const,
        value: rounded(sum / values.length),
        samples: values.length,
        ...(interval && {
          interval: [
            Math.max(0, rounded(interval[0])),
            rounded(interval[1]),
          ] as [number, number],
        }),
      },
    ];
  };
  const failed = rows.filter(({ outcome }) => outcome === 'failed').length;
  const currency = prices?.currency ?? 'USD';
  const costs = known(row => row.cost);
  return [
    ...(await times(
      RUN_METRICS.requestLatency,
      known(row => row.latencyMs),
    )),
    ...(await times(
      RUN_METRICS.ttft,
      known(row => row.ttftMs),
    )),
    {
      name: RUN_METRICS.errorRate,
      unit: 'ratio',
      statistic: 'rate',
      slice,
      value: rounded(failed / rows.length),
      samples: rows.length,
      interval: shareInterval(failed, rows.length, confidence),
    },
    ...(await mean(
      RUN_METRICS.inputTokens,
      'tokens',
      known(row => row.inputTokens),
    )),
    ...(await mean(
      RUN_METRICS.outputTokens,
      'tokens',
      known(row => row.outputTokens),
    )),
    ...(await mean(RUN_METRICS.costPerCase, currency, costs)),
    ...(costs.length > 0
      ? [
          {
            name: RUN_METRICS.costTotal,
            unit: currency,
            value: rounded(costs.reduce((all, it) => all + it, 0)),
            samples: costs.length,
          },
        ]
      : []),
  ];
}
