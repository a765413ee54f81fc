/**
 * The governance backend of Model Hub.
 *
 * @packageDocumentation
 */
export { modelGovernancePlugin as default } from './plugin';
export {
  createModelApprovalConditionalDecision,
  modelApprovalConditions,
  modelApprovalResourceRef,
  modelApprovalRules,
  type ApprovalFilter,
  type ModelApprovalResource,
} from './permissions/rules';
export {
  createModelAskConditionalDecision,
  modelAskConditions,
  modelAskResourceRef,
  modelAskRules,
  type AskFilter,
  type ModelAskResource,
} from './asks/askRules';
