export * from './AuthorizedPolicyReader';
export * from './DatabasePolicyHistory';
export * from './DefaultPolicyService';
export * from './findPolicyFolder';
export * from './PolicyHistory';
export * from './PolicyService';
export * from './testPolicies';
export { readSnapshotAges } from './snapshotAges';
export type { GateDescription } from './layers';
