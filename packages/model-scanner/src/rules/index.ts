export { rules } from './rules';
export type { Rule, RuleId } from './rules';
