export { AllowlistIndex } from './AllowlistIndex';
export { allowedModels, decide } from './decide';
export type {
  AllowedDecision,
  Decision,
  DecisionRequest,
  DecisionScope,
  RefusalCode,
  RefusedDecision,
} from './decide';
