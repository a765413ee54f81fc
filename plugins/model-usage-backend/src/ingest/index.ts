export * from './IngestService';
