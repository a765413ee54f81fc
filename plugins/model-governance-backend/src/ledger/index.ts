export * from './LedgerStore';
export * from './DatabaseLedgerStore';
export * from './AuthorizedLedgerReader';
