export * from './AskWorld';
