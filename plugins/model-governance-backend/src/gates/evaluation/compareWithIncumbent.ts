import { compareMetric, ComparisonError, holm } from '@modelhub/evals';
import type {
  EvaluationIncumbent,
  IncumbentComparison,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateContext,
  GateIncumbent,
} from '@modelhub/backstage-plugin-models-node';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import {
  commandFor,
  resultsOf,
  type KnownPack,
  type PackParams,
} from '../evaluationPack';
import { amount, type SubmittedRun } from '../evaluationRun';
import { weighed, type WeighedFinding } from '../weigh';
import {
  DEFAULT_CONFIDENCE,
  DEFAULT_MARGIN,
  type RegressionParams,
} from './params';

/** What a pack says of the model beside the incumbent. */
export interface Regression {
  incumbent: EvaluationIncumbent;
  comparisons: IncumbentComparison[];
  findings: WeighedFinding[];
}

const marginOf = ({ margin }: RegressionParams, metric: string) =>
  typeof margin === 'object' ? margin[metric] ?? DEFAULT_MARGIN : margin;

/** Metrics that both results have scores of single cases for. */
const inBoth = (candidate: EvaluationResult, incumbent: EvaluationResult) =>
  Object.keys(candidate.measures).filter(
    name =>
      candidate.cases.scores[name] !== undefined &&
      incumbent.cases.scores[name] !== undefined,
  );

/**
 * Several metrics at once. With many of them one looks worse by chance, so their
 * p-values are corrected (Holm), and the whole check gives false alarms no more
 * often than it says. What cannot be compared is left out, with why.
 */
function compareAll(
  candidate: EvaluationResult,
  incumbent: EvaluationResult,
  params: RegressionParams,
): { comparisons: IncumbentComparison[]; problems: Map<string, string> } {
  const { confidence = DEFAULT_CONFIDENCE } = params;
  const problems = new Map<string, string>();
  const metrics = params.metrics ?? inBoth(candidate, incumbent);
  const compared = metrics.flatMap(metric => {
    try {
      const margin = marginOf(params, metric);
      return [
        compareMetric(candidate, incumbent, { metric, margin, confidence }),
      ];
    } catch (error) {
      if (!(error instanceof ComparisonError)) throw error;
      problems.set(metric, error.message);
      return [];
    }
  });
  const adjusted = holm(compared.map(({ pValue }) => pValue));
  const isNoise = (index: number) => adjusted[index] > 1 - confidence;
  return {
    comparisons: compared.map((it, index) => ({
      metric: it.metric,
      title: candidate.measures[it.metric]?.title ?? it.metric,
      unit: it.unit,
      direction: it.direction,
      pairs: it.pairs,
      candidate: it.candidate,
      incumbent: it.incumbent,
      difference: it.difference,
      interval: it.interval,
      confidence: it.confidence,
      margin: it.margin,
      pValue: adjusted[index],
      standing:
        it.standing === 'worse' && isNoise(index) ? 'unclear' : it.standing,
    })),
    problems,
  };
}

/** A difference of shares is in points: 5 % of 80 % would be something else. */
const apart = (value: number, unit: string) =>
  unit === 'ratio' ? amount(value * 100, 'points') : amount(value, unit);

const signed = (value: number, unit: string) =>
  `${value > 0 ? '+' : ''}${apart(value, unit)}`;

const inWords = ({
  title,
  candidate,
  incumbent,
  interval,
  unit,
}: IncumbentComparison) =>
  `${title} ${amount(candidate, unit)} against ${amount(
    incumbent,
    unit,
  )} (difference between ${signed(interval[0], unit)} and ${signed(
    interval[1],
    unit,
  )})`;

function findingsOf(
  { asked, name }: KnownPack,
  comparisons: IncumbentComparison[],
  incumbent: GateIncumbent,
  isRequired: boolean,
): WeighedFinding[] {
  const other = `${incumbent.entityRef} ${incumbent.version}`;
  const unclear = comparisons.filter(({ standing }) => standing === 'unclear');
  return [
    ...comparisons
      .filter(({ standing }) => standing === 'worse')
      .map(it =>
        weighed('fail', {
          id: `worse-${name}-${it.metric}`,
          message: `${
            asked.title
          }: significantly worse than ${other} by more than ${apart(
            it.margin,
            it.unit,
          )}: ${inWords(it)}.`,
          howToFix: `Improve the model, run the pack again and submit the result; or keep ${other}, which serves the purpose now.`,
        }),
      ),
    ...(unclear.length > 0
      ? [
          weighed(isRequired ? 'needs-evidence' : 'warn', {
            id: `unclear-${name}`,
            message: `${
              asked.title
            }: the cases are too few to say whether it is worse than ${other}: ${unclear
              .map(inWords)
              .join('; ')}.`,
            howToFix:
              'A pack with more cases can say more; ask its owner for a version with more of them, or the owner of the policy for a wider margin.',
          }),
        ]
      : []),
  ];
}

/**
 * The newest result of the model beside the newest one of the incumbent, on the
 * same version of the same pack, case by case.
 */
export async function compareWithIncumbent(
  pack: KnownPack,
  newest: SubmittedRun | undefined,
  incumbent: GateIncumbent,
  context: Pick<GateContext, 'now'>,
  params: RegressionParams &
    Pick<PackParams, 'minCases' | 'maxFailedShare'> & {
      gateId: string;
      portalUrl: string;
    },
): Promise<Regression> {
  const { required = false } = params;
  const { byPack } = await resultsOf(
    { now: context.now, submittedEvidence: incumbent.submittedEvidence },
    [pack],
    {
      ...params,
      gatewayId: incumbent.gatewayId,
      // The bytes are the same ones, and so are the cases.
      maxAgeDays: Infinity,
      withRuns: false,
    },
  );
  const theirs = byPack
    .get(pack)
    ?.counting.find(
      ({ result }) =>
        newest?.result === undefined ||
        result?.pack.digest === newest.result.pack.digest,
    );
  const shown: EvaluationIncumbent = {
    entityRef: incumbent.entityRef,
    version: incumbent.version,
    because: incumbent.because,
    ...(theirs && { run: theirs.reference }),
  };
  const none = (finding: WeighedFinding): Regression => ({
    incumbent: shown,
    comparisons: [],
    findings: [finding],
  });
  const other = `${incumbent.entityRef} ${incumbent.version}`;
  const { asked, name } = pack;
  const command = commandFor(params.gateId, {
    packRef: asked.entityRef,
    portalUrl: params.portalUrl,
    gatewayId: incumbent.gatewayId,
    modelVersion: incumbent.version,
  });
  if (!theirs?.result) {
    return none(
      weighed(required ? 'needs-evidence' : 'warn', {
        id: `no-incumbent-result-${name}`,
        message: `There is no result of ${asked.title} ${asked.version} of ${other} to compare with. ${incumbent.because}`,
        howToFix: `The owner of ${incumbent.entityRef} runs \`${command}\` for its version ${incumbent.version}.`,
      }),
    );
  }
  // What is missing of the model itself is said elsewhere.
  if (!newest) return { incumbent: shown, comparisons: [], findings: [] };
  const { result } = newest;
  if (!result) {
    return none(
      weighed(required ? 'needs-evidence' : 'warn', {
        id: `no-cases-${name}`,
        message: `The newest run of ${asked.title} has no single cases, so it cannot be compared with ${other}.`,
        howToFix: `Run \`${asked.command}\`.`,
      }),
    );
  }
  const { comparisons, problems } = compareAll(result, theirs.result, params);
  return {
    incumbent: shown,
    comparisons,
    findings: [
      ...findingsOf(pack, comparisons, incumbent, required),
      ...[...problems].map(([metric, problem]) =>
        weighed(required ? 'needs-evidence' : 'warn', {
          id: `not-compared-${name}-${metric}`,
          message: `${asked.title}: '${metric}' cannot be compared with ${other}. ${problem}`,
          howToFix: `Run \`${asked.command}\`, and for ${other} \`${command}\`.`,
        }),
      ),
    ],
  };
}
