export * from './Governance';
