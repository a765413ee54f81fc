export * from './makeOpinions';
export * from './types';
