export * from './database';
export * from './paging';
