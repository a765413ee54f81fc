export * from './useLiveRoom';
export * from './useModelSignal';
export * from './useRoom';
