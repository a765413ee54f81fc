export * from './ArtifactScanEvidence';
