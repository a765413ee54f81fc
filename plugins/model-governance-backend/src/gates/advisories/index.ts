export { advisoriesGate, advisoriesRules } from './advisoriesGate';
export { DefaultAdvisoryService } from './AdvisoryService';
export type {
  AdvisoryAnswer,
  AdvisoryService,
  AskedSource,
} from './AdvisoryService';
export { SourceError } from './AdvisoryHttp';
export { itemsOf } from './items';
export type { AskedItem, AskedPackage } from './items';
export type { Match } from './match';
export { readAdvisoryConfig } from './readAdvisoryConfig';
export type { AdvisoryConfig } from './readAdvisoryConfig';
