export * from './LedgerStore';
export * from './DatabaseLedgerStore';
