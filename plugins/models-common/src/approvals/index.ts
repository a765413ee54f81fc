export * from './types';
export * from './transition';
export * from './signOffs';
export * from './tiers';
