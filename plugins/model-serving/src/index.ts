/**
 * Evaluate models, for the new frontend system. The older system is at
 * `./legacy`.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export * from './routes';
