export * from './BudgetAlerts';
export * from './BudgetService';
export * from './BudgetStore';
export * from './money';
