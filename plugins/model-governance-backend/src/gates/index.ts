export * from './advisories';
export * from './artifactScan';
export * from './DefaultGateService';
export type { EvidenceFile } from './EvidenceStore';
export * from './GateRegistry';
export * from './GateService';
export * from './builtIn';
