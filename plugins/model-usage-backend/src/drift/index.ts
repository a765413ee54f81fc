export { createDrift } from './createDrift';
export type { DriftService } from './DriftService';
