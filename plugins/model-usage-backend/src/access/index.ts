export * from './Visibility';
