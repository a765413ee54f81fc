export * from './feedback';
export * from './RecordMaker';
