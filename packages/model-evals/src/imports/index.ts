export { importEvaluation, importEvaluationDocument } from './importEvaluation';
export {
  EvaluationImportError,
  type ImportFile,
  type ImportFormat,
  type ImportOptions,
  type ImportedEvaluation,
} from './types';
