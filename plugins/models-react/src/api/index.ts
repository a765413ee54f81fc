export * from './apiRefs';
export * from './errors';
