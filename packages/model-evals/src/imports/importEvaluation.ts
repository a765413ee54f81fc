import {
  EVALUATION_RESULT_TYPE,
  EVALUATION_RUN_TYPE,
  MAX_EVIDENCE_BYTES,
  evaluationResultProblem,
  evaluationRunProblem,
  type EvaluationResult,
  type EvaluationRun,
} from '@modelhub/governance-protocol';
import { importEvalResults, isEvalResults } from './huggingFace/evalResults';
import { importModelIndex, isModelIndex } from './huggingFace/modelIndex';
import { importLmEval } from './lmEval/lmEval';
import { isLmEvalResults } from './lmEval/results';
import { isLmEvalSample } from './lmEval/samples';
import { importPromptfoo } from './promptfoo/promptfoo';
import { isPromptfoo } from './promptfoo/run';
import { readDocument, type ImportDocument } from './readDocument';
import {
  EvaluationImportError,
  type ImportFile,
  type ImportOptions,
  type ImportedEvaluation,
} from './types';
import { isRecord, listed, recordOf } from './values';

const KNOWN_FORMS =
  "Known forms: what 'modelhub evaluate' writes, results of lm-evaluation-harness (with its samples) and of promptfoo as JSON, files of a Hugging Face repository's .eval_results, and model cards with a model-index.";

const isResult = (it: Record<string, unknown>) =>
  isRecord(it.pack) && isRecord(it.cases) && 'inputDigest' in it;

const isSamples = (it: ImportDocument) =>
  it.kind === 'lines'
    ? it.lines.some(isLmEvalSample)
    : isLmEvalSample(it.value) ||
      (Array.isArray(it.value) && it.value.some(isLmEvalSample));

/** One document; what is recognised by nothing is taken for an evaluation run. */
function importDocument(
  { name, value }: Extract<ImportDocument, { kind: 'document' }>,
  options: ImportOptions,
): ImportedEvaluation {
  if (isPromptfoo(value)) return importPromptfoo(value, options);
  if (isModelIndex(value)) return importModelIndex(value, options);
  if (!isRecord(value)) {
    throw new EvaluationImportError(
      `${name} holds no JSON object. ${KNOWN_FORMS}`,
    );
  }
  return isResult(value)
    ? {
        format: 'evaluation-result',
        predicateType: EVALUATION_RESULT_TYPE,
        predicate: value as unknown as EvaluationResult,
        notes: [],
      }
    : {
        format: 'evaluation-run',
        predicateType: EVALUATION_RUN_TYPE,
        predicate: value as unknown as EvaluationRun,
        notes: [],
      };
}

function importDocuments(
  documents: ImportDocument[],
  options: ImportOptions,
): ImportedEvaluation {
  const samples = documents.filter(isSamples);
  const rest = documents.filter(it => !samples.includes(it));
  const [first] = rest;
  if (!first) {
    throw new EvaluationImportError(
      `${samples[0].name} holds single samples of lm-evaluation-harness; name its results_….json too, which says what was run`,
    );
  }
  if (first.kind === 'lines') {
    throw new EvaluationImportError(
      `${first.name} holds JSON Lines that are not known. ${KNOWN_FORMS}`,
    );
  }
  const lists = rest.flatMap(it =>
    it.kind === 'document' && isEvalResults(it.value)
      ? [{ name: it.name, value: it.value }]
      : [],
  );
  if (lists.length > 0 && lists.length === documents.length) {
    return importEvalResults(lists, options);
  }
  if (rest.length > 1) {
    throw new EvaluationImportError(
      `${listed(
        rest.map(it => it.name),
      )} do not belong together; import one after the other`,
    );
  }
  if (isLmEvalResults(first.value) && !isPromptfoo(first.value)) {
    return importLmEval(first.value, samples, options);
  }
  if (samples.length > 0) {
    throw new EvaluationImportError(
      `${samples[0].name} belongs to results of lm-evaluation-harness, which ${first.name} is not`,
    );
  }
  return importDocument(first, options);
}

/** Room for the statement around it, in the base64 of its envelope. */
const MOST_BYTES = Math.floor((MAX_EVIDENCE_BYTES * 3) / 4) - 16 * 1024;

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/**
 * Reads results of another program, recognised by what is in the files: of
 * lm-evaluation-harness the results with any of its samples, of promptfoo,
 * of Hugging Face's `.eval_results`, of a model card; and evaluation runs and
 * results as they are.
 *
 * @throws EvaluationImportError that names the field which is wrong
 *
 * @public
 */
export function importEvaluation(
  files: ImportFile[],
  options: ImportOptions = {},
): ImportedEvaluation {
  if (files.length === 0) {
    throw new EvaluationImportError('Name a file');
  }
  return finished(importDocuments(files.map(readDocument), options), options);
}

/**
 * Likewise, of a document that was parsed already.
 *
 * @public
 */
export function importEvaluationDocument(
  value: unknown,
  options: ImportOptions = {},
): ImportedEvaluation {
  return finished(
    importDocuments([{ kind: 'document', name: 'The file', value }], options),
    options,
  );
}

/** With what the files do not say; checked as those check it who take it. */
function finished(
  imported: ImportedEvaluation,
  { suite, target = {} }: ImportOptions,
): ImportedEvaluation {
  const own = {
    target: { ...recordOf(imported.predicate.target), ...target },
    ...(suite && { suite }),
  };
  const done = {
    ...imported,
    predicate: { ...imported.predicate, ...own },
  } as ImportedEvaluation;
  const problem =
    done.predicateType === EVALUATION_RESULT_TYPE
      ? evaluationResultProblem(done.predicate)
      : evaluationRunProblem(done.predicate);
  if (problem) {
    throw new EvaluationImportError(`${problem}. ${KNOWN_FORMS}`);
  }
  if (bytesOf(done.predicate) > MOST_BYTES) {
    done.notes.push(
      `The result has ${Math.round(
        bytesOf(done.predicate) / 1024,
      )} KiB, which is more than can be submitted as evidence; import fewer tasks, or the numbers alone.`,
    );
  }
  return done;
}
