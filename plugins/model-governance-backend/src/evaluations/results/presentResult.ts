import type {
  ModelEvaluation,
  ModelEvaluationDetail,
  ModelEvaluationMetric,
} from '@modelhub/backstage-plugin-models-common';
import {
  judgeCriteria,
  type EvaluationPack,
  type PackCriterion,
} from '@modelhub/evals';
import type { EvaluationMetric } from '@modelhub/governance-protocol';
import type {
  ResultDocument,
  ResultRecord,
  ResultSubmission,
} from './ResultStore';

/** What the catalog says of the pack of a result, and what is known of it. */
export interface ResultPack {
  /** In the catalog, as the caller sees it. */
  inCatalog?: { entityRef: string; title: string; version: string };
  /** Of the version that the result is about, when it was read first. */
  knownDigest?: string;
  /** Its content, where that is known. */
  content?: EvaluationPack;
}

const metOrNot = (isMet: boolean) => (isMet ? 'met' : 'missed');

/** The pack's own criteria beside what was measured. */
export function outcomes(
  criteria: PackCriterion[],
  metrics: EvaluationMetric[],
): ModelEvaluation['criteria'] {
  return judgeCriteria(criteria, metrics).map(
    ({ criterion, metric, isMet }) => ({
      ...criterion,
      ...(metric && {
        value: metric.value,
        unit: metric.unit,
        ...(metric.interval && { interval: [...metric.interval] }),
      }),
      standing: metric ? metOrNot(isMet) : 'not-measured',
    }),
  );
}

function outcomeOf(
  criteria: ModelEvaluation['criteria'],
): ModelEvaluation['outcome'] {
  if (criteria.some(({ standing }) => standing === 'missed')) return 'missed';
  return criteria.length > 0 &&
    criteria.every(({ standing }) => standing === 'met')
    ? 'met'
    : 'unknown';
}

function presentMetric(
  { name, value, unit, statistic, slice, samples, interval }: EvaluationMetric,
  measures: ResultDocument['measures'] = {},
): ModelEvaluationMetric {
  const measure = measures[name];
  return {
    name,
    title: measure?.title ?? name,
    value,
    unit,
    direction: measure?.direction,
    scorer: measure?.scorer,
    statistic,
    slice,
    samples,
    interval: interval && [...interval],
  };
}

function standingOf(
  { suite, pack }: ResultDocument,
  { inCatalog, knownDigest }: ResultPack,
): ModelEvaluation['pack']['standing'] {
  if (!inCatalog) return 'not-in-catalog';
  if (suite.version !== inCatalog.version) return 'outdated';
  return pack && knownDigest && pack.digest !== knownDigest
    ? 'other-content'
    : 'current';
}

function counted({
  cases,
  pack,
}: ResultDocument): ModelEvaluation['cases'] | undefined {
  if (!cases) return undefined;
  const of = (outcome: string) =>
    cases.outcomes.filter(one => one === outcome).length;
  return {
    asked: pack?.cases ?? cases.ids.length,
    scored: of('scored'),
    unscored: of('unscored'),
    failed: of('failed'),
  };
}

/** A result without contents of cases. */
export function presentResult(
  record: ResultRecord,
  pack: ResultPack,
  submissions: ResultSubmission[],
  options: { withSlices?: boolean } = {},
): ModelEvaluation {
  const { document } = record;
  const { suite, metrics, measures } = document;
  const content =
    pack.content && pack.content.version === suite.version
      ? pack.content
      : undefined;
  const criteria = outcomes(content?.criteria ?? [], metrics);
  return {
    id: record.id,
    entityRef: record.entityRef,
    modelVersion: record.modelVersion,
    pin: record.pin,
    predicateType: record.predicateType,
    resultDigest: record.digest,
    pack: {
      name: suite.name,
      version: suite.version,
      entityRef: pack.inCatalog?.entityRef,
      title: pack.inCatalog?.title ?? content?.title,
      type: document.pack?.type ?? content?.type,
      digest: document.pack?.digest,
      standing: standingOf(document, pack),
      currentVersion: pack.inCatalog?.version,
    },
    source: record.source,
    model: document.model,
    startedAt: document.startedAt,
    finishedAt: document.finishedAt,
    submittedAt: record.submittedAt,
    submittedBy: record.submittedBy,
    startedBy: record.startedBy,
    runId: record.runId,
    partial: document.partial ?? false,
    isWithdrawn:
      submissions.length > 0 &&
      submissions.every(({ isWithdrawn }) => isWithdrawn),
    gates: submissions.map(({ gateId, submissionId, isWithdrawn }) => ({
      gateId,
      evidenceId: submissionId,
      isWithdrawn,
    })),
    metrics: metrics
      .filter(({ slice }) => options.withSlices || slice === undefined)
      .map(metric => presentMetric(metric, measures)),
    criteria,
    outcome: outcomeOf(criteria),
    cases: counted(document),
    hasCases: document.cases !== undefined,
    failures: document.failures?.length ?? 0,
    tool: document.tool,
  };
}

/** What else the page of one result shows; still without contents. */
export function presentDetail(
  record: ResultRecord,
): Pick<
  ModelEvaluationDetail,
  'settings' | 'target' | 'inputDigest' | 'columns' | 'failedCases'
> {
  const { settings, target, inputDigest, cases, failures } = record.document;
  return {
    settings,
    target: { ...target },
    inputDigest,
    columns: cases && { ...cases },
    failedCases: (failures ?? []).map(({ caseId, metric, category }) => ({
      caseId,
      metric,
      category,
    })),
  };
}
