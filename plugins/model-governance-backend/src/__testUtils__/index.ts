export * from './databases';
export * from './TestClock';
