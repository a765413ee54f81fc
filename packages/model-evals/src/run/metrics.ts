import { setImmediate as breathe } from 'node:timers/promises';
import {
  performanceSlice,
  type EvaluationMeasure,
  type EvaluationMetric,
} from '@modelhub/governance-protocol';
import { RUN_METRICS } from '../pack/runMetrics';
import type { EvaluationCase } from '../pack/types';
import { estimate } from '../performance/statistics';
import type { CaseScore, Scorer } from '../scorers/types';
import { bootstrapInterval, meanInterval, shareInterval } from '../statistics';
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

const rounded = (value: number) => Number(value.toPrecision(9));

/** Every metric and how to read its scores. */
export function measuresOf(
  settings: RunSettings,
): Record<string, EvaluationMeasure> {
  const measures: Record<string, EvaluationMeasure> = {};
  for (const { name, scorer } of named(settings)) {
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
  return [...metrics, ...speedAndCost(settings, rows)];
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
      // Drawing takes its time, and this process may have others to serve.
      await breathe();
      made.push(
        ...metric(
          metricName,
          it.unit,
          it.of(meant, params),
          bootstrapInterval(meant, scores => it.of(scores, params), {
            ...settings,
            ...range(it.unit),
          }),
          meant.length,
        ),
      );
    }
  }
  if (aggregates.some(({ suffix }) => suffix === '')) return made;
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

function speedAndCost(
  settings: RunSettings,
  rows: CaseRow[],
): EvaluationMetric[] {
  const { confidence, resamples, seed, concurrency, prices } = settings;
  const options = { confidence, resamples, seed };
  const slice = performanceSlice({ concurrency });
  const known = (of: (row: CaseRow) => number | undefined) =>
    rows.flatMap(row => of(row) ?? []);
  const times = (name: string, values: number[]): EvaluationMetric[] =>
    estimate(
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
  const mean = (name: string, unit: string, values: number[]) => {
    if (values.length === 0) return [];
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
    ...times(
      RUN_METRICS.requestLatency,
      known(row => row.latencyMs),
    ),
    ...times(
      RUN_METRICS.ttft,
      known(row => row.ttftMs),
    ),
    {
      name: RUN_METRICS.errorRate,
      unit: 'ratio',
      statistic: 'rate',
      slice,
      value: rounded(failed / rows.length),
      samples: rows.length,
      interval: shareInterval(failed, rows.length, confidence),
    },
    ...mean(
      RUN_METRICS.inputTokens,
      'tokens',
      known(row => row.inputTokens),
    ),
    ...mean(
      RUN_METRICS.outputTokens,
      'tokens',
      known(row => row.outputTokens),
    ),
    ...mean(RUN_METRICS.costPerCase, currency, costs),
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
