export * from './Random';
