export { judgeCriteria, metricOf, type CriterionOutcome } from './criteria';
export { formatResult } from './format';
export * from './journal';
export { measuresOf } from './metrics';
export { runPack } from './runPack';
export { runInputDigest } from './settings';
export { RunError } from './types';
export type {
  ModelEndpoint,
  RunPackOptions,
  RunProgress,
  TokenPrices,
} from './types';
