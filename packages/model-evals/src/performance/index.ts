export { formatPerformance } from './format';
export { measurePerformance } from './measurePerformance';
export { PerformanceError } from './types';
export type {
  Load,
  PerformanceClock,
  PerformanceOptions,
  PerformanceProgress,
} from './types';
