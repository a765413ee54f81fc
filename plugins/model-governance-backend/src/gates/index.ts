export * from './DefaultGateService';
export * from './GateRegistry';
export * from './GateService';
export * from './builtIn';
