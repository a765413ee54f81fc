/**
 * Runs models on Kubernetes with KServe.
 *
 * @packageDocumentation
 */
export {};
