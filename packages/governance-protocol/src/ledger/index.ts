export * from './types';
export { GENESIS_HASH, chainEvent, hashEvent } from './event';
export { signCheckpoint, verifyCheckpoint } from './checkpoint';
export type { CheckpointVerification } from './checkpoint';
export { verifyChain } from './verifyChain';
export type {
  BadLine,
  ChainFault,
  ChainLine,
  ChainVerification,
} from './verifyChain';
