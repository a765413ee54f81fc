export * from './facts';
export type { PreparedFact } from './folding';
export * from './periods';
export * from './retention';
export * from './RollupStore';
export * from './RollupWriter';
export * from './SeriesBook';
export * from './Sketch';
export * from './types';
