export { demandsOn } from './demands';
export type { CompanyParams } from './demands';
