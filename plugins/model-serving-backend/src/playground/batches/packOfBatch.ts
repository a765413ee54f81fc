import { InputError } from '@backstage/errors';
import {
  formatPackProblem,
  PackError,
  packOfCases,
  type EvaluationPack,
} from '@modelhub/evals';
import { packScorers } from '../files/scorerChoices';
import type { BatchRecord, RowRecord } from './records';

/** What is said of a pack that cannot be made. */
const MOST_TOLD = 5;

/** So that nobody takes it for a pack of the catalog, whose names have no slash. */
export const suiteOf = (name: string): string =>
  `own-input/${name.replace(/[\p{Cc}\s]+/gu, ' ').trim()}`;

/**
 * The pack that a batch is: its rows as cases, and the scorers that were chosen.
 *
 * @throws InputError with the lines that are wrong
 */
export function packOfBatch(
  batch: Pick<
    BatchRecord,
    'name' | 'fileName' | 'settings' | 'scorers' | 'format'
  >,
  rows: Array<Pick<RowRecord, 'line' | 'case'>>,
  limits: { answerTokens: number },
): EvaluationPack {
  const { temperature, maxTokens, topP, stop } = batch.settings;
  try {
    return packOfCases({
      name: suiteOf(batch.name),
      title: batch.name,
      request: {
        temperature: temperature ?? 0,
        maxTokens: maxTokens ?? Math.min(512, limits.answerTokens),
        ...(topP !== undefined && { topP }),
        ...(stop && { stop }),
      },
      scorers: packScorers(batch.scorers),
      cases: rows.map(row => row.case),
      source: {
        file: batch.fileName ?? `file.${batch.format}`,
        lines: rows.map(({ line }) => line),
      },
    });
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    const { problems } = error;
    const more = problems.length - MOST_TOLD;
    throw new InputError(
      `${problems.slice(0, MOST_TOLD).map(formatPackProblem).join('; ')}${
        more > 0 ? `; and ${more} more` : ''
      }`,
    );
  }
}
