export { PACK_LIMITS } from './limits';
export { PackError, formatPackProblem, type PackProblem } from './PackError';
export { PACK_FILE, readPack, type PackSource } from './readPack';
export { readPackFolder } from './readPackFolder';
export { packOfCases, type PackOfCasesOptions } from './packOfCases';
export { RUN_METRICS } from './runMetrics';
export type { ScorerLookup } from './scorerChecks';
export * from './types';
