import type { MeasuredTarget } from '@modelhub/backstage-plugin-models-common';
import type { MetricStatistic } from '@modelhub/governance-protocol';
import { measuresOf, metricOf, RUN_METRICS, scorerOf } from '@modelhub/evals';
import { amount, judgeTarget, type SubmittedRun } from '../evaluationRun';
import { weighed, type WeighedFinding } from '../weigh';
import type { KnownPack } from './resolvePacks';

/** By the name of a metric: what a policy asks of it. */
export type Thresholds = Record<string, { atLeast?: number; atMost?: number }>;

interface Criterion {
  metric: string;
  statistic?: MetricStatistic;
  slice?: string;
  direction: 'at-least' | 'at-most';
  target: number;
}

const RUN_METRIC_NAMES = new Set<string>(Object.values(RUN_METRICS));

interface Measured {
  title: string;
  unit: string;
}

/** What every run measures, for people; costs are in the currency of the run. */
const OF_EVERY_RUN: Record<string, Measured> = {
  [RUN_METRICS.requestLatency]: {
    title: 'Time to the end of the answer',
    unit: 'ms',
  },
  [RUN_METRICS.ttft]: { title: 'Time to the first token', unit: 'ms' },
  [RUN_METRICS.errorRate]: { title: 'Cases without an answer', unit: 'ratio' },
  [RUN_METRICS.costPerCase]: { title: 'Cost of a case', unit: '1' },
  [RUN_METRICS.costTotal]: { title: 'Cost of all cases', unit: '1' },
  [RUN_METRICS.inputTokens]: { title: 'Tokens of a question', unit: 'tokens' },
  [RUN_METRICS.outputTokens]: { title: 'Tokens of an answer', unit: 'tokens' },
};

/** Whether a pack measures something under this name. */
export const measures = ({ spec }: KnownPack, metric: string): boolean =>
  RUN_METRIC_NAMES.has(metric) ||
  spec.scorers.some(
    ({ name }) => metric === name || metric.startsWith(`${name}.`),
  );

const keyOf = ({ metric, statistic, slice, direction }: Criterion) =>
  [metric, statistic, slice, direction].filter(Boolean).join(' ');

/** What the pack asks itself, and what the policy asks more: the stricter counts. */
export function criteriaOf(
  pack: KnownPack,
  thresholds: Thresholds = {},
): Criterion[] {
  const asked = [
    ...(pack.spec.criteria ?? []),
    ...Object.entries(thresholds)
      .filter(([metric]) => measures(pack, metric))
      .map(([metric, ends]) => ({ metric, ...ends })),
  ].flatMap(({ atLeast, atMost, ...rest }): Criterion[] => [
    ...(atLeast === undefined
      ? []
      : [{ ...rest, direction: 'at-least' as const, target: atLeast }]),
    ...(atMost === undefined
      ? []
      : [{ ...rest, direction: 'at-most' as const, target: atMost }]),
  ]);
  const strictest = new Map<string, Criterion>();
  for (const criterion of asked) {
    const other = strictest.get(keyOf(criterion));
    const isStricter =
      !other ||
      (criterion.direction === 'at-least'
        ? criterion.target > other.target
        : criterion.target < other.target);
    if (isStricter) strictest.set(keyOf(criterion), criterion);
  }
  return [...strictest.values()];
}

/** The pack's criteria, and those of the policy, beside what a result says. */
export function judgeCriteria(
  pack: KnownPack,
  thresholds: Thresholds | undefined,
  submitted: SubmittedRun | undefined,
  minCases = 1,
): MeasuredTarget[] {
  const known: Record<string, Measured | undefined> = {
    // What a run would say of its metrics, where there is none yet.
    ...measuresOf({ scorers: pack.spec.scorers, scorerOf }),
    ...OF_EVERY_RUN,
    ...submitted?.result?.measures,
  };
  return criteriaOf(pack, thresholds).map(criterion => {
    const { metric, statistic, slice, direction, target } = criterion;
    // As the command line and reports do.
    const found = submitted && metricOf(criterion, submitted.run.metrics);
    const { title = metric, unit = '1' } = known[metric] ?? {};
    const asked = {
      id: [pack.name, metric, statistic, slice, direction]
        .filter(Boolean)
        .join('-'),
      title: [title, statistic].filter(Boolean).join(', '),
      direction,
      target,
      unit: found?.unit ?? unit,
    };
    const judged = judgeTarget(
      asked,
      found,
      // Cases were counted before where there are some.
      submitted?.result ? 1 : minCases,
    );
    return {
      ...judged,
      ...(slice && { slice }),
      ...(!submitted && { note: 'There is no result that counts.' }),
    };
  });
}

const askedFor = ({ direction, target, unit }: MeasuredTarget) =>
  `${direction === 'at-most' ? 'at most' : 'at least'} ${amount(
    target ?? 0,
    unit,
  )}`;

const between = ({ interval, unit }: MeasuredTarget) =>
  interval
    ? ` (between ${amount(interval[0], unit)} and ${amount(interval[1], unit)})`
    : '';

/** What a target that is not met means; nothing where it is met. */
export function targetFinding(
  target: MeasuredTarget,
  {
    pack: { asked },
    withConfidence,
  }: { pack: Pick<KnownPack, 'asked'>; withConfidence: boolean },
): WeighedFinding | undefined {
  const { id, title, standing, value = 0, unit, slice, note } = target;
  const what = `${asked.title}, ${title}${slice ? ` of ${slice}` : ''}`;
  switch (standing) {
    case 'missed':
      return weighed('fail', {
        id: `missed-${id}`,
        message: `${what}: ${amount(value, unit)}${between(
          target,
        )}, and ${askedFor(target)} is asked for.`,
        howToFix:
          'Improve the model or how it is used, run the pack again and submit the result; or ask for a tier that asks for less.',
      });
    case 'uncertain':
      return weighed(withConfidence ? 'fail' : 'warn', {
        id: `uncertain-${id}`,
        message: `${what}: ${amount(value, unit)} meets ${askedFor(
          target,
        )}, and its interval${between(target)} reaches beyond.`,
        howToFix:
          'A pack with more cases makes the interval narrower; ask its owner for a version with more of them.',
      });
    case 'not-measured':
      return weighed('needs-evidence', {
        id: `not-measured-${id}`,
        message: `${what}: ${note ?? 'It was not measured.'}`,
        howToFix: `Run \`${asked.command}\`.`,
      });
    default:
      return undefined;
  }
}
