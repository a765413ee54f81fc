import type { EvaluationResult } from '@modelhub/governance-protocol';
import type { BatchRecord, BatchRunRecord } from './records';

/**
 * What of a result is filed with the model: the figures, which rows failed, and
 * that it is somebody's own input; nothing of what was asked or answered, which
 * is the person's.
 */
export function savedResult(
  batch: BatchRecord,
  { target, result }: BatchRunRecord & { result: EvaluationResult },
): EvaluationResult {
  const { failures, settings, ...rest } = result;
  const { endpoint } = target;
  return {
    ...rest,
    settings: {
      ...settings,
      ownInput: true,
      input: {
        ...(batch.fileName !== undefined && { name: batch.fileName }),
        digest: batch.digest,
        format: batch.format,
        rows: batch.rowCount,
        columns: { ...batch.columns },
      },
      playground: {
        batch: batch.id,
        ...(batch.profile !== undefined && { profile: batch.profile }),
        ...(endpoint
          ? {
              endpoint: endpoint.id,
              team: endpoint.team,
              ...(endpoint.engine !== undefined && { engine: endpoint.engine }),
            }
          : { hosted: true }),
      },
    },
    ...(failures && {
      failures: failures.map(({ caseId, metric, category }) => ({
        caseId,
        metric,
        reason: 'What it says is kept with whoever ran it.',
        ...(category !== undefined && { category }),
      })),
    }),
  };
}
