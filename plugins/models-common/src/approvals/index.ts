export * from './types';
export { submitRefusals } from './rules';
export * from './transition';
export * from './signOffs';
export * from './tiers';
