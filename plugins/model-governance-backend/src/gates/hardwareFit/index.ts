export * from './hardwareFitGate';
