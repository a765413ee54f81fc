export * from './makeTeams';
export * from './types';
