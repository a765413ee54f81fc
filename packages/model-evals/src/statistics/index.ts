export {
  bootstrapInterval,
  meanInterval,
  type IntervalOptions,
} from './bootstrap';
export {
  compareMetric,
  compareResults,
  type CompareMetricOptions,
  type CompareResultsOptions,
} from './compare';
export { ComparisonError } from './ComparisonError';
export { compareGroups, type CompareGroupsOptions } from './fairness';
export { holm } from './holm';
export * from './online';
export { casesFor, powerOf, type ExpectedLoss } from './power';
export { shareInterval } from './shares';
export * from './types';
