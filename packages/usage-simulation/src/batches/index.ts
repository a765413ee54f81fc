export * from './Batches';
