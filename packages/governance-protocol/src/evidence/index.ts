export {
  EVIDENCE_BUNDLE_FORMAT,
  EVIDENCE_BUNDLE_TYPE,
  gateEvidenceDigest,
  signBundle,
  type BundleContents,
  type BundledFile,
  type BundledGate,
  type BundledSubmission,
  type EvidenceBundle,
} from './bundle';
export {
  IN_TOTO_PAYLOAD_TYPE,
  dsseDigest,
  dsseProblem,
  signDsse,
  verifyDsse,
  type DsseEnvelope,
} from './dsse';
export {
  EVALUATION_RUN_TYPE,
  METRIC_STATISTICS,
  MOST_EVALUATION_METRICS,
  evaluationRunProblem,
  type EvaluationMetric,
  type EvaluationRun,
  type MetricStatistic,
} from './evaluationRun';
export {
  EVALUATION_RESULT_TYPE,
  EVALUATION_TYPES,
  type CaseOutcome,
  type EvaluationCases,
  type EvaluationFailure,
  type EvaluationMeasure,
  type EvaluationResult,
  type EvaluationType,
} from './evaluationResult';
export {
  LONGEST_FAILURE_CONTENT,
  MOST_EVALUATION_CASES,
  MOST_EVALUATION_FAILURES,
  evaluationResultProblem,
} from './evaluationResultProblem';
export { evaluationResultSchema } from './evaluationResultSchema';
export { evaluationRunSchema } from './evaluationRunSchema';
export {
  evidenceKey,
  formatEvidenceToken,
  parseEvidenceToken,
  type EvidenceToken,
} from './evidenceToken';
export {
  PERFORMANCE_METRICS,
  PERFORMANCE_SUITE,
  performanceSlice,
} from './performanceMetrics';
export {
  EVIDENCE_MAX_AGE_SECONDS,
  MAX_EVIDENCE_BYTES,
  readEvidence,
  signEvidence,
  type EvidenceStatement,
  type ReadEvidence,
} from './statement';
export type { BundleFault } from './bundleFault';
export { verifyBundle, type BundleVerification } from './verifyBundle';
