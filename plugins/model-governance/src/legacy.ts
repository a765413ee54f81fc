/**
 * Model governance for the older frontend system.
 *
 * @packageDocumentation
 */
export {
  EntityModelApprovalsContent,
  isModelAvailable,
  ModelGovernancePage,
  modelGovernancePlugin,
} from './legacy/plugin';
