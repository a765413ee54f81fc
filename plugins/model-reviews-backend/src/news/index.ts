export * from './Commands';
export * from './Outbox';
