export * from './createInsights';
