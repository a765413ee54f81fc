export * from './deploymentRequest';
export * from './LookFacts';
export * from './Looks';
