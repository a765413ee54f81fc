export * from './ImportService';
export * from './openCostRules';
