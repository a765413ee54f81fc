export * from './expectedCost';
export * from './gpuPrices';
