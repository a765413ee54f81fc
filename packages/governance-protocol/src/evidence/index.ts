export {
  EVALUATION_RUN_TYPE,
  METRIC_STATISTICS,
  MOST_EVALUATION_METRICS,
  evaluationRunProblem,
  type EvaluationMetric,
  type EvaluationRun,
  type MetricStatistic,
} from './evaluationRun';
export { evaluationRunSchema } from './evaluationRunSchema';
