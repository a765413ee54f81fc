export * from './Budgets';
export * from './costEnvelopeGate';
