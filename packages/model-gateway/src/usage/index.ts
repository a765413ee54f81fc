export { UsageRoom } from './UsageRoom';
export type { UsageHealth } from './UsageRoom';
export type { BudgetLevel } from './BudgetBook';
export type { UsageConfig } from './UsageConfig';
export { createBudgetsStage } from './BudgetsStage';
export { createUsageStage } from './UsageStage';
export { UsageMeter, askForStreamUsage, lacksStreamUsage } from './UsageMeter';
