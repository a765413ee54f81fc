import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import type {
  Finding,
  MeasuredTarget,
  PerformanceSlaEvidence,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateOutcome,
  GateSubject,
  ModelGate,
} from '@modelhub/backstage-plugin-models-node';
import {
  amount,
  evaluationRunTypes,
  judgeTarget,
  submittedRuns,
} from '../evaluationRun';
import { measuredUnder } from './measuredLoad';
import {
  DEFAULT_MAX_AGE_DAYS,
  DEFAULT_MIN_SAMPLES,
  loadOf,
  performanceParamOrder,
  targetsOf,
  validatePerformanceParams,
  type PerformanceParams,
} from './params';

export const PERFORMANCE_SLA_GATE = 'performance-sla';

/** What to run, so that what is asked for is measured. */
function commandFor(
  { entity }: Pick<GateSubject, 'entity'>,
  params: PerformanceParams,
): string {
  const load =
    params.atRequestsPerSecond === undefined
      ? `--concurrency ${params.atConcurrency ?? 1}`
      : `--rate ${params.atRequestsPerSecond}`;
  const quantization = params.quantizations
    ? ` --quantization ${params.quantizations[0]}`
    : '';
  // Percentiles need so many, whatever the policy asks for.
  const requests = Math.max(100, params.minSamples ?? DEFAULT_MIN_SAMPLES);
  return `modelhub evaluate performance --endpoint https://… --model ${entity.spec.gatewayId} ${load} --requests ${requests}${quantization} --output run.json`;
}

const submit = (command: string) =>
  `Run \`${command}\` against the endpoint that is to serve the model, and submit run.json to this check.`;

const asked = ({ direction, target, unit }: MeasuredTarget) =>
  `${direction === 'at-most' ? 'at most' : 'at least'} ${amount(
    target ?? 0,
    unit,
  )}`;

function findingOf(
  judged: MeasuredTarget,
  withConfidence: boolean,
  command: string,
): Finding | undefined {
  const { id, title, standing, value, interval, unit, note, slice } = judged;
  const where = slice ? ` under ${slice}` : '';
  const range =
    interval &&
    ` (between ${amount(interval[0], unit)} and ${amount(interval[1], unit)})`;
  switch (standing) {
    case 'missed':
      return {
        id: `missed-${id}`,
        severity: 'high',
        message: `${title}: ${amount(value ?? 0, unit)}${
          range ?? ''
        }${where}, and ${asked(judged)} is asked for.`,
        howToFix:
          'Serve the model with more or faster hardware, a smaller batch or another quantisation, measure again and submit the run; or ask for a tier that asks for less.',
      };
    case 'uncertain':
      return {
        id: `uncertain-${id}`,
        severity: withConfidence ? 'high' : 'medium',
        message: `${title}: ${amount(value ?? 0, unit)} meets ${asked(
          judged,
        )}, and its interval${range} reaches beyond${where}.`,
        howToFix: `Measure more requests, so that the interval gets narrower. ${submit(
          command,
        )}`,
      };
    case 'not-measured':
      return {
        id: `not-measured-${id}`,
        severity: 'medium',
        message: `${title}: ${note ?? 'It was not measured.'}`,
        howToFix: submit(command),
      };
    default:
      return undefined;
  }
}

function summaryOf(
  targets: MeasuredTarget[],
  load: string,
  verdict: GateOutcome['verdict'],
): string {
  const of = (standing: MeasuredTarget['standing']) =>
    targets.filter(it => it.standing === standing).map(({ title }) => title);
  const all = targets.length;
  switch (verdict) {
    case 'pass':
      return `${
        all === 1 ? 'The target is' : `All ${all} targets are`
      } met under ${load}.`;
    case 'needs-evidence':
      return `The run does not say enough about: ${of('not-measured').join(
        '; ',
      )}.`;
    default: {
      const missed = of('missed');
      return missed.length > 0
        ? `${missed.length} of ${all} targets ${
            missed.length === 1 ? 'is' : 'are'
          } missed under ${load}: ${missed.join('; ')}.`
        : `Met under ${load}, and not for sure: ${of('uncertain').join('; ')}.`;
    }
  }
}

/**
 * Whether the model is as fast as its tier asks, by a measurement that a
 * pipeline submitted. Parameters: the targets (`maxTtftMsP95`, …), the load that
 * they count under, `maxAgeDays` (90), `minSamples` (30), `withConfidence` and
 * `quantizations`.
 */
export const performanceSlaGate: ModelGate = {
  id: PERFORMANCE_SLA_GATE,
  title: 'Performance targets',
  description:
    'A measurement shows that the model answers as fast and as reliably as its tier asks.',
  version: '1',
  guidance: {
    by: 'pipeline',
    howTo:
      'Run `modelhub evaluate performance` against the endpoint that is to serve the model, and submit the run to this check.',
  },
  evidenceTypes: evaluationRunTypes,
  notApplicable: 'The policy sets no targets.',
  appliesTo: (_, params) => targetsOf(params as PerformanceParams).length > 0,
  validateParams: validatePerformanceParams,
  paramOrder: performanceParamOrder,
  cacheKey: ({ entity }) => sha256Hex(canonicalJson([entity.spec.gatewayId])),
  // Runs grow old.
  maxAgeSeconds: 86_400,
  async evaluate(subject, jsonParams, context) {
    const params = jsonParams as PerformanceParams;
    const wanted = targetsOf(params);
    const load = loadOf(params);
    const command = commandFor(subject, params);
    const maxAgeDays = params.maxAgeDays ?? DEFAULT_MAX_AGE_DAYS;
    const minSamples = params.minSamples ?? DEFAULT_MIN_SAMPLES;
    const withConfidence = params.withConfidence ?? false;
    const { quantizations } = params;
    const names = new Set(wanted.map(({ metric }) => metric));
    const { runs, setAside } = await submittedRuns(context, {
      gatewayId: subject.entity.spec.gatewayId,
      maxAgeDays,
      because: run => {
        if (!run.metrics.some(({ name }) => names.has(name))) {
          return 'It measured nothing of what is asked for.';
        }
        const ran = run.target.quantization;
        return quantizations && !(ran && quantizations.includes(ran))
          ? `It measured ${
              ran ? `the quantisation ${ran}` : 'no quantisation that it names'
            }, and the policy asks for ${quantizations.join(' or ')}.`
          : undefined;
      },
    });
    const evidence: PerformanceSlaEvidence = {
      kind: 'performance-sla',
      load,
      targets: wanted.map(({ id, title, direction, target, unit }) => ({
        id,
        title,
        direction,
        target,
        unit,
        standing: 'not-measured',
      })),
      setAside,
      maxAgeDays,
      minSamples,
      withConfidence,
    };
    const notes = setAside.map(
      ({ because, suite }, index): Finding => ({
        id: `set-aside-${index + 1}`,
        severity: 'info',
        message: `A run of ${suite} does not count: ${because}`,
        howToFix: submit(command),
      }),
    );
    const [newest] = runs;
    if (!newest) {
      return {
        verdict: 'needs-evidence',
        summary:
          setAside.length > 0
            ? `No run that was submitted counts: ${setAside[0].because}`
            : `Nobody has submitted how fast the model is. ${submit(command)}`,
        findings: notes,
        evidence,
      };
    }
    const targets = wanted.map(rule => {
      const { id, title, direction, target, unit } = rule;
      const found = measuredUnder(newest.run, rule, load);
      const judged = judgeTarget(
        { id, title, direction, target, unit },
        found,
        minSamples,
      );
      return found
        ? judged
        : { ...judged, note: `The run did not measure it under ${load}.` };
    });
    const standings = new Set(targets.map(({ standing }) => standing));
    const verdict = verdictOf(standings, withConfidence);
    return {
      verdict,
      summary: summaryOf(targets, load, verdict),
      findings: [
        ...targets.flatMap(
          judged => findingOf(judged, withConfidence, command) ?? [],
        ),
        ...notes,
      ],
      evidence: { ...evidence, run: newest.reference, targets },
    };
  },
};

function verdictOf(
  standings: Set<MeasuredTarget['standing']>,
  withConfidence: boolean,
): GateOutcome['verdict'] {
  if (standings.has('missed')) return 'fail';
  if (standings.has('not-measured')) return 'needs-evidence';
  if (!standings.has('uncertain')) return 'pass';
  return withConfidence ? 'fail' : 'warn';
}
