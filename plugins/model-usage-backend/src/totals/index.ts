export * from './CalledScopes';
export * from './OwnCalledModels';
export * from './TotalsService';
