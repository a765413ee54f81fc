export * from './AuthorizedPolicyReader';
export * from './DatabasePolicyHistory';
export * from './DefaultPolicyService';
export * from './findPolicyFolder';
export * from './PolicyHistory';
export * from './PolicyService';
export * from './trials';
export { readSnapshotAges } from './snapshotAges';
