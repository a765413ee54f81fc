export * from './performanceSlaGate';
