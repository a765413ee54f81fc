export * from './labs';
export * from './makeModel';
export * from './makeModels';
export * from './types';
