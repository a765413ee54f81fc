/**
 * Measures models behind any OpenAI-compatible endpoint.
 *
 * @packageDocumentation
 */
export * from './agent';
export * from './endpoint';
export * from './imports';
export * from './pack';
export * from './performance';
export * from './report';
export * from './run';
export * from './scorers';
export * from './statistics';
