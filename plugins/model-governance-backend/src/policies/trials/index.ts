export * from './AuthorizedPolicyTrials';
export * from './createPolicyTrials';
export * from './PolicyTrials';
