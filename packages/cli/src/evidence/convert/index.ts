import {
  EVALUATION_RUN_TYPE,
  evaluationRunProblem,
  type EvaluationRun,
} from '@modelhub/governance-protocol';
import { UnableError } from '../../exitCodes';
import { fromLmEval, isLmEval } from './lmEval';
import { fromPromptfoo, isPromptfoo } from './promptfoo';
import { isRecord } from './values';

const targetFields = [
  'gatewayId',
  'endpoint',
  'engine',
  'engineVersion',
  'gpu',
  'quantization',
] as const;

/** `engine=vllm` and the like, for what the results do not say. */
export function parseTarget(pairs: string[]): EvaluationRun['target'] {
  return Object.fromEntries(
    pairs.map(pair => {
      const place = pair.indexOf('=');
      const name = pair.slice(0, place);
      if (place < 1 || !targetFields.some(field => field === name)) {
        throw new UnableError(
          `--target ${pair}: expected name=value with one of ${targetFields.join(
            ', ',
          )}`,
        );
      }
      return [name, pair.slice(place + 1)];
    }),
  );
}

/**
 * What is submitted of a results file. Of evaluations, the form is recognised:
 * an evaluation run as it is, lm-evaluation-harness, promptfoo. Predicates of
 * other types are taken as they are.
 */
export function toPredicate(
  document: unknown,
  options: { type?: string; target?: string[] },
): { predicateType: string; predicate: Record<string, unknown> } {
  const { type = EVALUATION_RUN_TYPE, target = [] } = options;
  if (!isRecord(document)) {
    throw new UnableError('The file holds no JSON object.');
  }
  if (type !== EVALUATION_RUN_TYPE) {
    return { predicateType: type, predicate: document };
  }
  let run = document as unknown as EvaluationRun;
  if (isPromptfoo(document)) run = fromPromptfoo(document);
  else if (isLmEval(document)) run = fromLmEval(document);
  const known = isRecord(run.target) ? run.target : {};
  const predicate = { ...run, target: { ...known, ...parseTarget(target) } };
  const problem = evaluationRunProblem(predicate);
  if (problem) {
    throw new UnableError(
      `${problem}. Known forms: what 'modelhub evaluate' writes, results of lm-evaluation-harness and of promptfoo as JSON.`,
    );
  }
  return { predicateType: type, predicate: { ...predicate } };
}
