export * from './Idempotency';
export * from './DatabaseIdempotency';
