export * from './LeasedRows';
export * from './LeasedWork';
export * from './Looking';
export * from './passLatest';
