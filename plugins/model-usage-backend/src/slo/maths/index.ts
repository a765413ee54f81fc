export * from './budget';
export * from './episodes';
export * from './rules';
export * from './windows';
