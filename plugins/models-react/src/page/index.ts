export * from './DocumentTitle';
