/**
 * Model governance for the older frontend system.
 *
 * @packageDocumentation
 */
export {
  EntityEvaluationPackContent,
  EntityModelApprovalsContent,
  EntityModelEvaluationsCard,
  EntityModelEvaluationsContent,
  isEvaluationPackAvailable,
  isModelAvailable,
  ModelGovernancePage,
  modelGovernancePlugin,
} from './legacy/plugin';
