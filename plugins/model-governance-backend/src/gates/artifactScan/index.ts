export { artifactScanGate, artifactScanRules } from './artifactScanGate';
export type { ArtifactScanGateOptions } from './artifactScanGate';
export { readArtifactConfig } from './readArtifactConfig';
export type { ArtifactConfig } from './readArtifactConfig';
export { ArtifactScans } from './ArtifactScans';
