export * from './TotalsService';
