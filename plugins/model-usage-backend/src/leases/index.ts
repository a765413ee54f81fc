export * from './LeaseService';
