export * from './Clock';
export * from './dialect';
export * from './migrate';
export * from './DefaultTransactions';
export * from './Transactions';
export * from './Job';
