import {
  ONLINE_MEASURES,
  onlineMeasureOf,
  type OnlineEstimate,
  type OnlineFigure,
  type OnlineMeasure,
} from '@modelhub/backstage-plugin-models-common';
import {
  anytimeHalfWidth,
  compareOnline,
  estimateArm,
  unpairedInterval,
  type GroupSums,
} from '@modelhub/evals';
import type { OnlineSample } from '@modelhub/governance-protocol';
import type { OnlineRecord } from './records';
import { emptySums, type OnlineSums } from './SampleStore';

/** Of what is only shown. */
const CONFIDENCE = 0.95;

/** Two metrics may stop an experiment: each takes half of the doubt. */
const DECIDING = 0.975;

/** Costs are summed by currency, under a name of its own. */
const COST = 'cost:';

/** What a sample says, by the name under which it is summed. */
function valuesOf(
  sample: OnlineSample,
  scorers: OnlineRecord['scorers'],
): Array<[string, number]> {
  const { latencyMs, ttftMs, outputTokens, costMicros, currency } = sample;
  const values: Array<[string, number | null | undefined]> = [
    ['latency', latencyMs],
    ['ttft', ttftMs],
    ['output_tokens', outputTokens],
    [
      `${COST}${currency}`,
      costMicros === undefined ? undefined : costMicros / 1e6,
    ],
    ...scorers.map(({ metric }): [string, number | null | undefined] => [
      metric,
      sample.scores[metric],
    ]),
  ];
  return values.filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
}

/** Sums of samples of one experiment; metrics that it does not have are left out. */
export function sumSamples(
  samples: OnlineSample[],
  scorers: OnlineRecord['scorers'],
  into: OnlineSums = new Map(),
): OnlineSums {
  for (const sample of samples) {
    for (const [metric, value] of valuesOf(sample, scorers)) {
      const { counts, sums } = place(into, metric, sample.arm);
      counts[sample.bucket] += 1;
      sums[sample.bucket] += value;
    }
  }
  return into;
}

/** The sums of a metric and an arm, to be added to. */
export function place(
  sums: OnlineSums,
  metric: string,
  arm: OnlineSample['arm'],
): GroupSums {
  const arms = sums.get(metric) ?? {};
  const found = arms[arm] ?? emptySums();
  sums.set(metric, { ...arms, [arm]: found });
  return found;
}

export const callsOf = (sums: OnlineSums, arm: OnlineSample['arm']): number =>
  sums.get('failed')?.[arm]?.counts.reduce((sum, it) => sum + it, 0) ?? 0;

/** What an experiment shows now, metric by metric. */
export function figuresOf(
  it: Pick<
    OnlineRecord,
    'scorers' | 'stopRule' | 'failureMargin' | 'challenger' | 'stop'
  >,
  sums: OnlineSums,
): OnlineFigure[] {
  const names = [
    ...Object.keys(ONLINE_MEASURES),
    ...it.scorers.map(({ metric }) => metric),
  ];
  return names.flatMap(metric => {
    const found = sumsOfMetric(sums, metric);
    const measure = onlineMeasureOf(it.scorers, metric);
    return found && measure
      ? [figureOf(it, metric, { ...measure, ...found }, found.arms)]
      : [];
  });
}

function sumsOfMetric(sums: OnlineSums, metric: string) {
  if (metric !== 'cost') {
    const arms = sums.get(metric);
    return arms && { arms };
  }
  const priced = [...sums.keys()].filter(name => name.startsWith(COST));
  // Nobody adds euros to dollars.
  const arms = priced.length === 1 ? sums.get(priced[0]) : undefined;
  return arms && { arms, unit: priced[0].slice(COST.length) };
}

function figureOf(
  it: Parameters<typeof figuresOf>[0],
  metric: string,
  { title, unit, direction, isShare }: OnlineMeasure,
  arms: Partial<Record<OnlineSample['arm'], GroupSums>>,
): OnlineFigure {
  const margin = marginOf(it, metric);
  const confidence = margin === undefined ? CONFIDENCE : DECIDING;
  const estimate = (
    sums: GroupSums | undefined,
  ): OnlineEstimate | undefined => {
    const found = sums && estimateArm(sums, { isShare });
    if (!found) return undefined;
    const half = anytimeHalfWidth(found.error, found.calls, { confidence });
    const bound = (value: number) =>
      isShare ? Math.min(1, Math.max(0, value)) : value;
    return {
      mean: found.mean,
      calls: found.calls,
      groups: found.groups,
      ...(found.groups > 1 && {
        interval: [bound(found.mean - half), bound(found.mean + half)],
      }),
    };
  };
  const { control, challenger } = arms;
  const both = control && challenger && { control, challenger };
  const compared =
    both &&
    compareOnline(both, {
      direction,
      margin: margin ?? 0,
      isShare,
      confidence,
    });
  const final =
    both && it.stop?.kind === 'time'
      ? unpairedInterval(both, { direction, confidence })
      : undefined;
  return {
    metric,
    title,
    unit,
    direction,
    confidence,
    control: estimate(control),
    challenger: estimate(challenger),
    margin,
    ...(compared && {
      comparison: {
        difference: compared.difference,
        // Shares differ by 1 at most, whatever a normal distribution says.
        interval: isShare
          ? [
              Math.max(-1, compared.interval[0]),
              Math.min(1, compared.interval[1]),
            ]
          : compared.interval,
        standing: compared.standing,
        ...(final && { finalInterval: final }),
      },
    }),
  };
}

/** How much worse may be before the experiment stops by itself. */
function marginOf(
  { stopRule, failureMargin, challenger }: Parameters<typeof figuresOf>[0],
  metric: string,
): number | undefined {
  if (!challenger) return undefined;
  if (metric === 'failed') return failureMargin;
  return metric === stopRule?.metric ? stopRule.margin : undefined;
}

/** So many failures, and so large a share of the calls, need no statistics. */
const OBVIOUS = { failed: 20, share: 0.5, ofControl: 0.25 };

/** Why an experiment has to stop now; nothing where it may go on. */
export function stopReason(
  it: Parameters<typeof figuresOf>[0],
  sums: OnlineSums,
): { kind: 'worse' | 'failing'; reason: string } | undefined {
  const failed = sums.get('failed');
  const challenger = failed?.challenger && estimateArm(failed.challenger);
  const control = failed?.control && estimateArm(failed.control);
  if (
    challenger &&
    challenger.mean >= OBVIOUS.share &&
    challenger.mean * challenger.calls >= OBVIOUS.failed &&
    (control?.mean ?? 0) <= OBVIOUS.ofControl
  ) {
    return {
      kind: 'failing',
      reason: `${Math.round(challenger.mean * challenger.calls)} of ${
        challenger.calls
      } calls of the challenger failed.`,
    };
  }
  const worse = figuresOf(it, sums).find(
    ({ margin, comparison }) =>
      margin !== undefined && comparison?.standing === 'worse',
  );
  if (!worse?.comparison || !worse.control || !worse.challenger) {
    return undefined;
  }
  const [low, high] = worse.comparison.interval;
  const number = (value: number) => Number(value.toPrecision(3));
  return {
    kind: worse.metric === 'failed' ? 'failing' : 'worse',
    reason: `${worse.title}: ${number(worse.challenger.mean)} ${
      worse.unit
    } of the challenger against ${number(
      worse.control.mean,
    )} of the control. The loss of ${number(-high)} to ${number(
      -low,
    )} (${Number(
      (worse.confidence * 100).toFixed(1),
    )} % sure at all times) is more than the margin of ${worse.margin}.`,
  };
}
