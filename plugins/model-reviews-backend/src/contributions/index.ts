export * from './ContributionReader';
export * from './ContributionService';
export * from './ContributionStore';
export * from './filters';
export * from './present';
export * from './records';
