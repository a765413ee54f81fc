export { UsageRoom } from './UsageRoom';
export type { UsageHealth } from './UsageRoom';
export { DEFAULT_USAGE } from './UsageConfig';
export type { UsageConfig } from './UsageConfig';
export { createBudgetsStage } from './BudgetsStage';
export { createUsageStage } from './UsageStage';
export { UsageMeter, askForStreamUsage, lacksStreamUsage } from './UsageMeter';
