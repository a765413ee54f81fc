export type { RecordSums, RecordWriter } from './GroupSums';
export * from './IngestService';
