/**
 * Measures models behind any OpenAI-compatible endpoint.
 *
 * @packageDocumentation
 */
export * from './performance';
