export * from './RecordMaker';
