export * from './admit';
export * from './Admission';
