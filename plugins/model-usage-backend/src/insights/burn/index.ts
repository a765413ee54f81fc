export * from './BudgetBurnService';
export * from './forecast';
