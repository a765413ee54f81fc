export * from './types';
export { TIERS, tierCovers, tierRank } from './tiers';
export {
  boundEndpoint,
  endpointBaseUrlProblem,
  endpointToken,
} from './endpoint';
export type { BoundEndpoint } from './endpoint';
export { signSnapshot, verifySnapshot } from './signature';
export type { SnapshotRefusalCode, SnapshotVerification } from './signature';
export {
  EMPTY_CONTENT,
  applyDelta,
  diffContent,
  isEmptyDelta,
  sortContent,
} from './delta';
