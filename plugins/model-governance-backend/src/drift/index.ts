export { createDriftRoom } from './createDriftRoom';
export type { DriftActions } from './DriftActions';
export { Reevaluations } from './Reevaluations';
