export * from './AuthorizedPolicyReader';
export * from './DatabasePolicyHistory';
export * from './DefaultPolicyService';
export * from './findPolicyFolder';
export * from './PolicyHistory';
export * from './PolicyService';
export { readSnapshotAges } from './snapshotAges';
