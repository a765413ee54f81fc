/**
 * What Model Hub backend modules build on.
 *
 * @packageDocumentation
 */
export * from './createDocumentRouter';
export * from './deploymentEngines';
export * from './gates';
export * from './readJsonBody';
export * from './rooms';
export * from './services';
export * from './usageSources';
export * from './work';
