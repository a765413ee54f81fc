export * from './TraceService';
