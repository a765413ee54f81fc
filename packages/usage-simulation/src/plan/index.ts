export * from './cost';
export * from './makePlan';
export * from './makeStreams';
export * from './types';
