export * from './readServingConfig';
