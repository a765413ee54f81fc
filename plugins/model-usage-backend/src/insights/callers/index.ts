export * from './CallerInsightService';
