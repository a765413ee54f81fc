/**
 * Who uses which models, what that costs, budgets, and what enforcing would
 * refuse, for the older frontend system.
 *
 * @packageDocumentation
 */
export {
  EntityGroupUsageCard,
  EntityModelObjectivesCard,
  EntityModelUsageCard,
  EntityModelUsageContent,
  ModelUsagePage,
  modelUsagePlugin,
} from './legacy/plugin';
