export * from './database';
export * from './paging';
export * from './upserts';
export * from './lookup';
