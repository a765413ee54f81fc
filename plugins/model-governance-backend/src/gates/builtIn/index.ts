export * from './builtInGates';
export * from './licenceGate';
export * from './modelCardGate';
export * from './ownershipGate';
