export * from './EnforcementService';
