export * from './kpiGate';
export * from './KpiPacks';
export { KpiPackStore } from './KpiPackStore';
