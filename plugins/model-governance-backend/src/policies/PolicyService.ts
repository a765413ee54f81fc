import type { PolicySet } from '@modelhub/backstage-plugin-models-common';
import type { PolicyDecision, PolicyInput } from '@modelhub/policies';

export type {
  GateDemand,
  PolicyDecision,
  PolicyInput,
  SignOffPolicy,
} from '@modelhub/policies';

export interface PolicyService {
  decide(input: PolicyInput): PolicyDecision;
  /** For people: tiers as demands without a concrete model, layers, and the error of the last failed load. */
  describe(): PolicySet;
  /** Whether `now` asks for nothing that `then` did not ask for. */
  isCovered(then: PolicyDecision, now: PolicyDecision): boolean;
}
