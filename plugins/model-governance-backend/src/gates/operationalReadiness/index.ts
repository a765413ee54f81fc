export * from './operationalReadinessGate';
