export * from './Outbox';
export * from './DatabaseOutbox';
export * from './OutboxDispatcher';
export * from './createOutboxHandlers';
