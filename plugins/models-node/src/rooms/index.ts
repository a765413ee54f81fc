export * from './audited';
export * from './ChangeSignal';
export * from './Clock';
export * from './IdempotencyKeys';
export * from './openDatabase';
export * from './SecretBox';
export * from './transactions';
