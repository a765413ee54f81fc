export * from './assign';
export * from './types';
export { MOST_ONLINE_SCORERS, onlineBatchProblem } from './structure';
