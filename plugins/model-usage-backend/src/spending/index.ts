export * from './SpendingService';
export * from './SpendingStore';
