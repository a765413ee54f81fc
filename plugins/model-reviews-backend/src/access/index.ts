export * from './Access';
export * from './CalledModels';
export * from './Models';
