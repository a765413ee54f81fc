/**
 * Who uses which models, what that costs, budgets, and what enforcing would
 * refuse, for the new frontend system. The older system is at `./legacy`.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export * from './routes';
