/**
 * Evaluation endpoints, the playground and the engines that run models.
 *
 * @packageDocumentation
 */
export { modelServingPlugin as default } from './plugin';
