export * from './AdvisoriesEvidence';
export * from './ArtifactScanEvidence';
export * from './DataBoundaryEvidence';
export * from './CostEnvelopeEvidence';
export * from './EvaluationRunEvidence';
export * from './HardwareFitEvidence';
export * from './OperationalReadinessEvidence';
