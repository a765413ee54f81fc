import { InputError } from '@backstage/errors';
import {
  ComparisonError,
  reportHtml,
  reportMarkdown,
  type EvaluationPack,
} from '@modelhub/evals';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import { withCases } from './compareResults';
import type { ResultRecord } from './ResultStore';

/** Without what cases asked and what the model answered. */
const withoutContent = (result: EvaluationResult): EvaluationResult => ({
  ...result,
  failures: result.failures?.map(({ caseId, metric, category }) => ({
    caseId,
    metric,
    category,
    reason: 'What it says is for owners and reviewers.',
  })),
});

/**
 * A result as a page to keep.
 *
 * @throws InputError for results without single cases
 */
export function reportOn(
  format: 'html' | 'markdown',
  about: {
    record: ResultRecord;
    incumbent?: ResultRecord;
    pack?: EvaluationPack;
    withContent: boolean;
  },
): string {
  const { record, incumbent, pack, withContent } = about;
  const shown = (result: EvaluationResult) =>
    withContent ? result : withoutContent(result);
  const input = {
    results: [shown(withCases(record, 'chosen'))],
    ...(incumbent && {
      incumbents: [shown(withCases(incumbent, "incumbent's"))],
    }),
    ...(pack && { packs: [pack] }),
    title: `${record.document.suite.name} on ${record.entityRef} ${record.modelVersion}`,
  };
  try {
    return format === 'html' ? reportHtml(input) : reportMarkdown(input);
  } catch (error) {
    if (error instanceof ComparisonError) throw new InputError(error.message);
    throw error;
  }
}
