import { onlineMeasureOf } from '@modelhub/backstage-plugin-models-common';
import {
  canonicalJson,
  sha256Hex,
  type EvaluationMeasure,
  type EvaluationMetric,
  type EvaluationResult,
  type OnlineArm,
  type OnlineSample,
} from '@modelhub/governance-protocol';
import { callsOf, figuresOf } from './figures';
import type { OnlineRecord } from './records';
import type { OnlineSums } from './SampleStore';

/** Calls that a result lists one by one; a fair sample where there were more. */
export const MOST_CASES = 5_000;

const digestOf = (value: object) => `sha256:${sha256Hex(canonicalJson(value))}`;

/** The name that results of the two arms have in common. */
export const suiteOf = ({ title, id }: Pick<OnlineRecord, 'title' | 'id'>) =>
  `${title} (live, ${id.slice(0, 8)})`;

/** What every run measures, by the name that results have for it. */
const RUN_NAMES: Partial<Record<string, string>> = {
  failed: 'error_rate',
  latency: 'request_latency',
  cost: 'cost_per_case',
};

const runName = (metric: string) => RUN_NAMES[metric] ?? metric;

/**
 * What an arm of an experiment showed, as any evaluation has it. Cases are calls
 * under random ids; undefined where there was none.
 */
export function buildResult(
  it: OnlineRecord,
  arm: OnlineArm,
  seen: { sums: OnlineSums; samples: OnlineSample[]; now: Date },
): EvaluationResult | undefined {
  const model = it[arm];
  const calls = callsOf(seen.sums, arm);
  if (!model || calls === 0 || seen.samples.length === 0) return undefined;
  const { samples } = seen;
  const figures = figuresOf(it, seen.sums);
  const metrics = figures.flatMap((figure): EvaluationMetric[] => {
    const estimate = figure[arm];
    return estimate
      ? [
          {
            name: runName(figure.metric),
            value: estimate.mean,
            unit: figure.unit,
            statistic: figure.metric === 'failed' ? 'rate' : 'mean',
            samples: estimate.calls,
            ...(estimate.interval && {
              interval: estimate.interval as [number, number],
            }),
          },
        ]
      : [];
  });
  const { stopRule, share, sampling, scorers } = it;
  const definition = {
    id: it.id,
    profile: it.profile,
    purpose: it.purpose,
    scorers,
    share,
    sampling,
    ...(stopRule && { stopRule }),
    control: it.control,
    ...(it.challenger && { challenger: it.challenger }),
  };
  const digest = digestOf(definition);
  const name = `${model.gatewayId}@${model.version}`;
  return {
    suite: { name: suiteOf(it), version: '1' },
    startedAt: it.startsAt ?? it.createdAt,
    finishedAt: it.stop?.at ?? seen.now.toISOString(),
    target: { gatewayId: model.gatewayId },
    settings: {
      experiment: it.id,
      title: it.title,
      profile: it.profile,
      purpose: it.purpose,
      tiers: it.tiers,
      arm,
      share: it.share,
      sampling: it.sampling,
      ...(it.consent && { consentTextHash: it.consent.textHash }),
      confidence: 0.95,
      intervals: 'asymptotic confidence sequence, by groups of callers',
      calls,
      keptCalls: samples.length,
    },
    metrics: [...metrics, ...percentiles(samples)],
    tool: { name: 'modelhub-gateway', version: '1' },
    ...(it.stop && it.stop.kind !== 'time' && { partial: true }),
    pack: { type: 'online', digest, cases: samples.length },
    model: name,
    inputDigest: digestOf({ pack: digest, model: name, parameters: {} }),
    measures: measuresOf(it),
    cases: {
      ids: samples.map(({ id }) => id),
      outcomes: samples.map(({ outcome }) => outcome),
      scores: Object.fromEntries(
        scorers.map(({ metric }) => [
          metric,
          samples.map(({ scores }) => scores[metric] ?? null),
        ]),
      ),
      latencyMs: samples.map(({ latencyMs }) => latencyMs ?? null),
      ttftMs: samples.map(({ ttftMs }) => ttftMs ?? null),
      inputTokens: samples.map(({ inputTokens }) => inputTokens ?? null),
      outputTokens: samples.map(({ outputTokens }) => outputTokens ?? null),
      cost: samples.map(({ costMicros }) =>
        costMicros === undefined ? null : costMicros / 1e6,
      ),
    },
  };
}

function measuresOf({ scorers }: OnlineRecord) {
  return Object.fromEntries(
    scorers.flatMap(({ metric, type }): Array<[string, EvaluationMeasure]> => {
      const measure = onlineMeasureOf(scorers, metric);
      return measure
        ? [
            [
              metric,
              {
                scorer: type,
                title: measure.title,
                direction: measure.direction,
                unit: measure.unit,
                aggregate: 'mean',
              },
            ],
          ]
        : [];
    }),
  );
}

const PERCENTILES = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
] as const;

/** Of the calls that were kept. */
function percentiles(samples: OnlineSample[]): EvaluationMetric[] {
  const of = (name: string, values: Array<number | undefined>) => {
    const sorted = values
      .filter(value => value !== undefined)
      .sort((a, b) => a - b);
    return sorted.length === 0
      ? []
      : PERCENTILES.map(
          ([statistic, share]): EvaluationMetric => ({
            name,
            value: sorted[Math.ceil(share * sorted.length) - 1],
            unit: 'ms',
            statistic,
            samples: sorted.length,
          }),
        );
  };
  return [
    ...of(
      runName('latency'),
      samples.map(({ latencyMs }) => latencyMs),
    ),
    ...of(
      'ttft',
      samples.map(({ ttftMs }) => ttftMs),
    ),
  ];
}
