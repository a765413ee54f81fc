/**
 * Tier policies as code: reads, checks, layers, decides and tests them.
 *
 * @packageDocumentation
 */
export * from './types';
export {
  CelConditions,
  type Condition,
  type ConditionCompiler,
} from './conditions/CelConditions';
export {
  compareDecisions,
  type DecisionChange,
} from './decisions/compareDecisions';
export {
  compareLayers,
  scopeText,
  type TierChange,
} from './decisions/compareLayers';
export { decide, demandsOf } from './decisions/decide';
export { isCovered } from './decisions/isCovered';
export { overlayFiles, type ProposedFile } from './files/overlay';
export { parsePolicyFile } from './files/parsePolicyFile';
export {
  PolicyFileError,
  problemText,
  type PolicyProblem,
} from './files/PolicyFileError';
export * from './files/policySchema';
export * from './files/readPolicyFolder';
export { builtInGateDescriptions } from './gates/builtInGates';
export * from './gates/paramsValidator';
export type { PolicyLayer, PolicyLayers } from './layers/layers';
export { checkPolicies, loadPolicies } from './layers/loadPolicies';
export { isAtLeastAsStrict, type ParamOrders } from './layers/paramOrder';
export type { UncoveredRule } from './suite/coverage';
export type { PolicyTestCase } from './suite/parseTests';
export * from './suite/testPolicies';
