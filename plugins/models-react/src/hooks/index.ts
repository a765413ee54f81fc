export * from './useLiveRetry';
export * from './useLiveRoom';
export * from './useModelSignal';
export * from './useRoom';
export * from './useUrlFilters';
