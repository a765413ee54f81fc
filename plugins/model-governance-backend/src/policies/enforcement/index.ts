export * from './PolicyEnforcer';
