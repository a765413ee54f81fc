import {
  evaluationResultProblem,
  type EvaluationResult,
} from '@modelhub/governance-protocol';
import { UnableError } from '../exitCodes';
import { readText } from '../files';

/** A result of `evaluate run` or of an import. */
export function readResult(file: string): EvaluationResult {
  const text = readText(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UnableError(`${file} is not JSON: ${(error as Error).message}`);
  }
  const problem = evaluationResultProblem(value);
  if (problem) {
    throw new UnableError(
      `${file} is no result of an evaluation pack: ${problem}. Take a file that modelhub evaluate run --output wrote.`,
    );
  }
  return value as EvaluationResult;
}
