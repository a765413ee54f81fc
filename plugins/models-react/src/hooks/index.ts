export * from './useModelSignal';
export * from './useRoom';
