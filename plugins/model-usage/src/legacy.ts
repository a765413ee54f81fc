/**
 * What models cost, budgets, and what enforcing would refuse, for the older
 * frontend system.
 *
 * @packageDocumentation
 */
export { ModelUsagePage, modelUsagePlugin } from './legacy/plugin';
