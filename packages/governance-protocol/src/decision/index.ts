export { AllowlistIndex } from './AllowlistIndex';
export { allowedModels, decide } from './decide';
export type {
  AllowedDecision,
  Decision,
  DecisionRequest,
  DecisionScope,
  Placement,
  RefusalCode,
  RefusedDecision,
} from './decide';
