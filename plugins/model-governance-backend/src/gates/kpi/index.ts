export * from './kpiGate';
export * from './KpiPacks';
export { openKpiPacks } from './openKpiPacks';
