/**
 * Runs models on Kubernetes with KServe.
 *
 * @packageDocumentation
 */
export { modelServingModuleKServe as default } from './module';
