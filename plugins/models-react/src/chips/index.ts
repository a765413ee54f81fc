export * from './ApprovalStateChip';
export * from './CurationChip';
export * from './LifecycleChip';
export * from './MaturityChip';
export * from './StatusChip';
export * from './TierChip';
export * from './tones';
