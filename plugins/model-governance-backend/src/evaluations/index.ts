export * from './createEvaluationsRoom';
export { FiledResults } from './results/FiledResults';
export { ResultStore } from './results/ResultStore';
export { PackStore } from './packs/PackStore';
export type { PackService } from './packs/PackService';
export type { ResultService } from './results/ResultService';
export type { AttachedEvaluationService, OwnInputResults } from './own';
export type { RunService } from './runs/RunService';
