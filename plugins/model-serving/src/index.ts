/**
 * Evaluate a model in the portal: evaluation endpoints and the playground.
 *
 * @packageDocumentation
 */
export {};
