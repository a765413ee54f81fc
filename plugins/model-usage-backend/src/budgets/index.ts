export * from './BudgetAlerts';
export * from './BudgetService';
export * from './BudgetStore';
export * from './forecast';
export * from './money';
export * from './subjects';
