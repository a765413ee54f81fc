export * from './DocumentTitle';
export * from './Loaded';
export * from './Section';
