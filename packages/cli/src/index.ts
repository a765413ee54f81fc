/**
 * The `modelhub` command line.
 *
 * @packageDocumentation
 */
export { runModelhub } from './program';
