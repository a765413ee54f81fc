export * from './CalledScopes';
export * from './TotalsService';
