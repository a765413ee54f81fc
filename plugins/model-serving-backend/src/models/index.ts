export * from './engineModel';
export * from './Models';
export * from './price';
