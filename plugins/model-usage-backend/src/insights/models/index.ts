export * from './ModelCallerService';
export * from './ModelInsightService';
