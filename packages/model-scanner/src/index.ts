/**
 * Reads model files without running them.
 *
 * @packageDocumentation
 */
export * from './report';
export * from './rules';
export * from './source';
export { DEFAULT_LIMITS, scanSource } from './scanSource';
export { scanArtifact } from './scanArtifact';
export type {
  ArtifactReport,
  ScanArtifactOptions,
  ScanProgress,
} from './scanArtifact';
export { isAtLeast } from './engine/verdict';
export type {
  FileReport,
  Finding,
  ScanLimits,
  Severity,
  Verdict,
} from './types';
