import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import {
  type Finding,
  type KpiEvidence,
  type KpiMetricEvidence,
  type Tier,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateOutcome,
  ModelGate,
} from '@modelhub/backstage-plugin-models-node';
import { paramsValidator } from '../builtIn/validateParams';
import {
  amount,
  evaluationRunTypes,
  judgeTarget,
  submittedRuns,
  type SubmittedRun,
} from '../evaluationRun';
import type { KpiMetric } from './KpiPack';
import type { KpiPacks } from './KpiPacks';
import { thresholdAt } from './parseKpiPack';

export const KPI_GATE = 'kpi';

/** What policies have to know of the gate. */
export const kpiRules = {
  id: KPI_GATE,
  title: 'Own metrics',
  description:
    'The metrics of the organisation’s own, as a pack names them, reach what the tier asks.',
  validateParams: paramsValidator(
    {
      pack: { type: 'string', minLength: 1 },
      maxAgeDays: { type: 'number', exclusiveMinimum: 0 },
    },
    ['pack'],
  ),
  paramOrder: { maxAgeDays: 'lower' },
} satisfies Partial<ModelGate>;

/** The newest run that measured a metric, and the measurement. */
function measured(metric: KpiMetric, runs: SubmittedRun[]) {
  const { name, statistic, slice } = metric.metric;
  for (const { run, reference } of runs) {
    if (metric.suite !== undefined && run.suite.name !== metric.suite) continue;
    const found = run.metrics.find(
      it =>
        it.name === name &&
        (statistic === undefined || it.statistic === statistic) &&
        it.slice === slice,
    );
    if (found) return { found, reference };
  }
  return undefined;
}

function judge(
  metric: KpiMetric,
  tier: Tier,
  runs: SubmittedRun[],
): KpiMetricEvidence {
  const { id, title, about, unit, minimumSamples, advice } = metric;
  const threshold = thresholdAt(metric, tier);
  const it = measured(metric, runs);
  const direction = metric.direction === 'higher' ? 'at-least' : 'at-most';
  const judged = judgeTarget(
    {
      id,
      title,
      direction,
      unit,
      ...(threshold && { target: threshold.value }),
    },
    it?.found,
    minimumSamples,
  );
  return {
    ...judged,
    ...(!it && { note: `No run measured ${nameOf(metric)}.` }),
    ...(about && { about }),
    ...(threshold && { tier: threshold.tier }),
    minimumSamples,
    ...((advice || !threshold) && { advice: true }),
    ...(it && { run: it.reference }),
  };
}

function nameOf({ metric: { name, statistic, slice }, suite }: KpiMetric) {
  return [
    `'${name}'`,
    statistic,
    slice && `of ${slice}`,
    suite && `with the suite ${suite}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function findingOf(
  judged: KpiMetricEvidence,
  metric: KpiMetric,
): Finding | undefined {
  const { id, title, standing, value, unit, target, direction, advice } =
    judged;
  const lines = {
    missed: 'high',
    'not-measured': 'medium',
    uncertain: 'low',
  } as const;
  if (standing === 'met') return undefined;
  const severity = advice ? 'info' : lines[standing];
  const asked =
    target !== undefined &&
    `${direction === 'at-least' ? 'at least' : 'at most'} ${amount(
      target,
      unit,
    )}`;
  const about = judged.about ? ` It is: ${judged.about}` : '';
  switch (standing) {
    case 'missed':
      return {
        id: `missed-${id}`,
        severity,
        message: `${title}: ${amount(
          value ?? 0,
          unit,
        )}, and ${asked} is asked for.`,
        howToFix: `Improve the model or how it is used, measure again and submit the run; or ask for a tier that asks for less.${about}`,
      };
    case 'uncertain':
      return {
        id: `uncertain-${id}`,
        severity,
        message: `${title}: ${amount(
          value ?? 0,
          unit,
        )} meets ${asked}, and its interval reaches beyond.`,
        howToFix: 'Measure more samples and submit the run.',
      };
    default:
      return {
        id: `not-measured-${id}`,
        severity,
        message: `${title}: ${judged.note ?? 'It was not measured.'}`,
        howToFix: `Submit an evaluation run with the metric ${nameOf(
          metric,
        )} in ${unit}, over at least ${judged.minimumSamples} samples.${about}`,
      };
  }
}

/**
 * Whether metrics of the organisation's own reach the thresholds of a pack, by
 * runs that a pipeline submitted. Parameters: `pack`, the pack's id, and
 * `maxAgeDays`, which may only shorten what the pack says.
 */
export function kpiGate(
  packs: Pick<KpiPacks, 'get' | 'all' | 'problems'>,
): ModelGate {
  return {
    ...kpiRules,
    version: '1',
    guidance: {
      by: 'pipeline',
      howTo:
        'Compute the metrics that the pack names with your own programs, and submit them to this check as an evaluation run. `policies/packs` says what each metric is.',
    },
    evidenceTypes: evaluationRunTypes,
    appliesTo: () => true,
    // A pack that changed is another question.
    cacheKey: ({ tier, entity }) =>
      sha256Hex(
        canonicalJson([
          tier,
          entity.spec.gatewayId,
          packs.all().map(({ id, version }) => [id, version]),
        ]),
      ),
    // Runs grow old.
    maxAgeSeconds: 86_400,
    async evaluate({ entity, tier }, params, context): Promise<GateOutcome> {
      const pack = packs.get(String(params.pack));
      if (!pack) {
        const known = packs.all().map(({ id }) => id);
        return {
          verdict: 'error',
          isFinal: true,
          summary: `There is no pack of metrics with the id '${params.pack}'${
            known.length > 0 ? `; there are ${known.join(', ')}` : ''
          }. An administrator adds its file to policies/packs, or mends it: ${
            packs.problems().join('; ') || 'no file is broken'
          }.`,
          findings: [],
        };
      }
      const maxAgeDays = Math.min(
        pack.maxAgeDays,
        Number(params.maxAgeDays ?? Infinity),
      );
      const { runs, setAside } = await submittedRuns(context, {
        gatewayId: entity.spec.gatewayId,
        maxAgeDays,
      });
      const metrics = pack.metrics.map(metric => judge(metric, tier, runs));
      const counting = metrics.filter(({ advice }) => !advice);
      const evidence: KpiEvidence = {
        kind: 'kpi',
        pack: {
          id: pack.id,
          title: pack.title,
          version: pack.version,
          ...(pack.owner && { owner: pack.owner }),
        },
        metrics,
        setAside,
        maxAgeDays,
      };
      return {
        ...concluded(counting, pack.title),
        findings: [
          ...metrics.flatMap(
            (judged, index) => findingOf(judged, pack.metrics[index]) ?? [],
          ),
          ...setAside.map(
            ({ because, suite }, index): Finding => ({
              id: `set-aside-${index + 1}`,
              severity: 'info',
              message: `A run of ${suite} does not count: ${because}`,
              howToFix: 'Measure again and submit the run.',
            }),
          ),
        ],
        evidence,
      };
    },
  };
}

function concluded(
  counting: KpiMetricEvidence[],
  title: string,
): Pick<GateOutcome, 'verdict' | 'summary'> {
  const of = (standing: KpiMetricEvidence['standing']) =>
    counting.filter(it => it.standing === standing).map(it => it.title);
  const missed = of('missed');
  if (missed.length > 0) {
    return {
      verdict: 'fail',
      summary: `${title}: ${missed.join(', ')} ${
        missed.length === 1 ? 'does' : 'do'
      } not reach what the tier asks.`,
    };
  }
  const open = of('not-measured');
  if (open.length > 0) {
    return {
      verdict: 'needs-evidence',
      summary: `${title}: nothing that counts was submitted about ${open.join(
        ', ',
      )}.`,
    };
  }
  const uncertain = of('uncertain');
  return uncertain.length > 0
    ? {
        verdict: 'warn',
        summary: `${title}: reached, and not for sure: ${uncertain.join(
          ', ',
        )}.`,
      }
    : {
        verdict: 'pass',
        summary:
          counting.length === 0
            ? `${title}: the tier asks for nothing of it.`
            : `${title}: all ${counting.length} metrics reach what the tier asks.`,
      };
}
