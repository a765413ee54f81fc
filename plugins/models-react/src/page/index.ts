export * from './DocumentTitle';
export * from './Facts';
export * from './Loaded';
export * from './Section';
