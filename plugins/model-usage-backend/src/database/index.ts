export * from './Clock';
export * from './database';
export * from './Idempotency';
export * from './paging';
