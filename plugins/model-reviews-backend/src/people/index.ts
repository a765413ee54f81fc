export * from './ErasureService';
export * from './PeopleService';
export * from './PersonStore';
