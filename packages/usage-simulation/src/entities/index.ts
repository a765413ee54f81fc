export * from './catalogEntities';
export * from './types';
