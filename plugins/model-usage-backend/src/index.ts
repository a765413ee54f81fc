/**
 * What gateways report of calls, budgets, shared quotas, and what enforcing
 * would refuse.
 *
 * @packageDocumentation
 */
export { modelUsagePlugin as default } from './plugin';
