import type {
  EVALUATION_RESULT_TYPE,
  EVALUATION_RUN_TYPE,
  EvaluationResult,
  EvaluationRun,
} from '@modelhub/governance-protocol';

/**
 * A file of another program, or one of several that belong together.
 *
 * @public
 */
export interface ImportFile {
  /** Its name, with or without folders. */
  name: string;
  text: string;
}

/** What can be read. @public */
export type ImportFormat =
  | 'evaluation-run'
  | 'evaluation-result'
  | 'lm-evaluation-harness'
  | 'promptfoo'
  | 'hugging-face-eval-results'
  | 'hugging-face-model-index';

/** @public */
export interface ImportOptions {
  /**
   * `result` (default): with single cases where the files have them, so that two
   * models can be compared case by case; `run`: the numbers alone.
   */
  form?: 'run' | 'result';
  /** The model, where the files do not say it. */
  model?: string;
  /** What the files do not say of what answered; goes over what they say. */
  target?: EvaluationRun['target'];
  /** In place of the name and version of the tool's own suite. */
  suite?: { name: string; version?: string };
  /** Of promptfoo, where several were compared: id or label of one provider. */
  provider?: string;
  /** Of promptfoo: which prompt, from 1 on. */
  prompt?: number;
  /** Of lm-evaluation-harness: these tasks and groups alone. */
  tasks?: string[];
  /** When it was measured, where the files do not say it. Default: now. */
  at?: Date;
  /** Keep questions and answers of cases that went wrong, at most 100. */
  withContent?: boolean;
}

/**
 * Evaluation results of another program, as the hub keeps them.
 *
 * @public
 */
export type ImportedEvaluation = {
  format: ImportFormat;
  /** What of the files is not in the predicate, and what was assumed. */
  notes: string[];
} & (
  | { predicateType: typeof EVALUATION_RUN_TYPE; predicate: EvaluationRun }
  | {
      predicateType: typeof EVALUATION_RESULT_TYPE;
      predicate: EvaluationResult;
    }
);

/**
 * A file that cannot be read, with the field that is wrong.
 *
 * @public
 */
export class EvaluationImportError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EvaluationImportError';
  }
}
