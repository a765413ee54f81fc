export * from './types';
export { TIERS, tierCovers, tierRank } from './tiers';
export { signSnapshot, verifySnapshot } from './signature';
export type { SnapshotRefusalCode, SnapshotVerification } from './signature';
export {
  EMPTY_CONTENT,
  applyDelta,
  diffContent,
  isEmptyDelta,
  sortContent,
} from './delta';
