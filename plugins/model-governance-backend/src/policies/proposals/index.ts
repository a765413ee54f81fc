export * from './ActivationStore';
export * from './createProposalsRoom';
export * from './deps';
export * from './LoadingChecks';
export * from './PolicyFileSet';
export * from './ProposalActivator';
export * from './ProposalReader';
export * from './ProposalWriter';
