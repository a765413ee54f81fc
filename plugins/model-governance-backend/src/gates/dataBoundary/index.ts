export { dataBoundaryGate, dataBoundaryRules } from './dataBoundaryGate';
export { readDataBoundaryConfig } from './readDataBoundaryConfig';
export type { DataBoundaryConfig } from './readDataBoundaryConfig';
