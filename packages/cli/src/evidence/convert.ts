import {
  EvaluationImportError,
  importEvaluation,
  importEvaluationDocument,
  type ImportFile,
  type ImportOptions,
  type ImportedEvaluation,
} from '@modelhub/evals';
import {
  EVALUATION_RESULT_TYPE,
  EVALUATION_RUN_TYPE,
  type EvaluationRun,
} from '@modelhub/governance-protocol';
import { UnableError } from '../exitCodes';

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

/** Results of another program are what the command cannot work with, if they are wrong. */
export function importing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof EvaluationImportError
      ? new UnableError(error.message)
      : error;
  }
}

export interface PredicateOptions {
  type?: string;
  target?: string[];
  /** Keep single cases, where the files have them. */
  cases?: boolean;
}

interface Submitted {
  predicateType: string;
  predicate: Record<string, unknown>;
  notes: string[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEvaluation = (type: string | undefined) =>
  type === undefined ||
  type === EVALUATION_RUN_TYPE ||
  type === EVALUATION_RESULT_TYPE;

const importOptions = ({
  type,
  target = [],
  cases,
}: PredicateOptions): ImportOptions => ({
  form: cases || type === EVALUATION_RESULT_TYPE ? 'result' : 'run',
  target: parseTarget(target),
});

function submitted(
  { predicateType, predicate, notes }: ImportedEvaluation,
  type: string | undefined,
): Submitted {
  if (type === EVALUATION_RESULT_TYPE && predicateType !== type) {
    throw new UnableError(
      `There are no single cases in the file, and an evaluation result needs them. ${notes.join(
        ' ',
      )}`.trim(),
    );
  }
  return { predicateType, predicate: { ...predicate }, notes };
}

/**
 * What is submitted of results. Of evaluations, the form is recognised: an
 * evaluation run or result as it is, lm-evaluation-harness, promptfoo, Hugging
 * Face. Predicates of other types are taken as they are.
 */
export function toPredicate(
  document: unknown,
  options: PredicateOptions,
): Submitted {
  const { type } = options;
  if (type !== undefined && !isEvaluation(type)) {
    if (!isObject(document)) {
      throw new UnableError('The file holds no JSON object.');
    }
    return { predicateType: type, predicate: document, notes: [] };
  }
  return submitted(
    importing(() => importEvaluationDocument(document, importOptions(options))),
    type,
  );
}

/** Likewise, of files. */
export function filesToPredicate(
  files: ImportFile[],
  options: PredicateOptions,
): Submitted {
  if (isEvaluation(options.type)) {
    return submitted(
      importing(() => importEvaluation(files, importOptions(options))),
      options.type,
    );
  }
  const [file, more] = files;
  if (more) {
    throw new UnableError(`${more.name}: one file of this type at a time`);
  }
  let document: unknown;
  try {
    document = JSON.parse(file.text);
  } catch (error) {
    throw new UnableError(
      `${file.name} is no JSON: ${(error as Error).message}`,
    );
  }
  return toPredicate(document, options);
}
