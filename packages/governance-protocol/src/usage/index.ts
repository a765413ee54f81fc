export {
  MOST_BATCH_RECORDS,
  MOST_LEASE_ITEMS,
  TOPIC_BUCKETS,
  leaseRequestProblem,
  usageBatchProblem,
  usageFeedbackProblem,
  usageRecordProblem,
} from './structure';
export { costMicros } from './price';
export { monthOf } from './month';
export type {
  BudgetDemand,
  BudgetKind,
  LeaseAnswer,
  LeaseRequest,
  LimitDemand,
  SharedBudget,
  SharedLimit,
  TraceAnswer,
  TraceStep,
  UsageBatch,
  UsageFeedback,
  UsageFeedbackBatch,
  UsageRecord,
} from './types';
