import { InputError } from '@backstage/errors';
import type {
  ModelEvaluationComparison,
  ModelEvaluationDetail,
} from '@modelhub/backstage-plugin-models-common';
import {
  compareGroups,
  compareMetric,
  compareResults as compareAll,
  ComparisonError,
  type EvaluationPack,
} from '@modelhub/evals';
import {
  EVALUATION_RESULT_TYPE,
  type EvaluationResult,
} from '@modelhub/governance-protocol';
import type { ResultDocument, ResultRecord } from './ResultStore';

/** A result with single cases. Throws `InputError` for one that has none. */
export function withCases(
  { document, predicateType }: Pick<ResultRecord, 'document' | 'predicateType'>,
  whose: string,
): EvaluationResult {
  if (predicateType !== EVALUATION_RESULT_TYPE || !document.cases) {
    throw new InputError(
      `The ${whose} result of ${document.suite.name} has no single cases, so it cannot be compared case by case. Run the pack with modelhub evaluate run, or import it with its samples.`,
    );
  }
  return document as EvaluationResult;
}

/** Whatever cannot be compared is said, with the reason. */
function attempt<T>(work: () => T): { value: T } | { reason: string } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof ComparisonError) return { reason: error.message };
    throw error;
  }
}

const titleOf = ({ measures }: ResultDocument, metric: string) =>
  measures?.[metric]?.title ?? metric;

/**
 * Two results of the same pack, metric by metric.
 *
 * @throws InputError where they cannot be compared at all
 */
export function compareResults(
  candidateRecord: Pick<ResultRecord, 'document' | 'predicateType'>,
  incumbentRecord: Pick<ResultRecord, 'document' | 'predicateType'>,
  options: { metric?: string[]; margin?: number; confidence?: number },
): Pick<ModelEvaluationComparison, 'items' | 'skipped'> {
  const candidate = withCases(candidateRecord, "candidate's");
  const incumbent = withCases(incumbentRecord, "incumbent's");
  const { confidence, margin } = options;
  if (candidate.pack.digest !== incumbent.pack.digest) {
    const said = attempt(() => compareAll(candidate, incumbent));
    throw new InputError('reason' in said ? said.reason : 'Other packs.');
  }
  const wanted =
    options.metric ??
    Object.keys(candidate.measures).filter(name => incumbent.measures[name]);
  const skipped: ModelEvaluationComparison['skipped'] = [];
  const metrics = [...new Set(wanted)].flatMap(metric => {
    const asked = { metric, ...(margin !== undefined && { margin }) };
    const tried = attempt(() =>
      compareMetric(candidate, incumbent, {
        ...asked,
        confidence,
        resamples: 1,
      }),
    );
    if (!('reason' in tried)) return [asked];
    skipped.push({ metric, reason: tried.reason });
    return [];
  });
  const items =
    metrics.length === 0
      ? []
      : compareAll(candidate, incumbent, { metrics, confidence });
  return {
    items: items.map(item => ({
      ...item,
      title: titleOf(candidate, item.metric),
      interval: [...item.interval],
    })),
    skipped,
  };
}

/** How differently groups fare, for what the pack says is compared. */
export function fairnessOf(
  { document, predicateType }: Pick<ResultRecord, 'document' | 'predicateType'>,
  pack: EvaluationPack | undefined,
): ModelEvaluationDetail['fairness'] {
  const { fairness } = pack ?? {};
  if (
    !fairness ||
    predicateType !== EVALUATION_RESULT_TYPE ||
    pack?.digest !== document.pack?.digest
  ) {
    return [];
  }
  return fairness.attributes.flatMap(attribute => {
    const compared = attempt(() =>
      compareGroups(document as EvaluationResult, { ...fairness, attribute }),
    );
    return 'value' in compared ? [{ ...compared.value }] : [];
  });
}
