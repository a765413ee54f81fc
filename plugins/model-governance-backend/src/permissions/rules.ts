import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_MODEL_APPROVAL,
  type ApprovalState,
  type SignOffRole,
  type Tier,
} from '@modelhub/backstage-plugin-models-common';
import { z } from 'zod';

/**
 * What conditions on an approval may look at.
 *
 * @public
 */
export interface ModelApprovalResource {
  id: string;
  requester: string;
  /** Ref of the model's owner. */
  ownerRef: string;
  tier: Tier;
  state: ApprovalState;
  /** Roles that the request waits for, with the groups and users that are asked. */
  awaited: Array<{ role: SignOffRole; claim: string }>;
}

/**
 * A condition as the database applies it: the property has one of the values.
 *
 * @public
 */
export interface ApprovalFilter {
  property: 'requester' | 'ownerRef' | 'tier' | 'state' | 'awaited';
  values: string[];
}

/**
 * Approvals, for conditional decisions. Resource refs are approval ids.
 *
 * @public
 */
export const modelApprovalResourceRef = createPermissionResourceRef<
  ModelApprovalResource,
  ApprovalFilter
>().with({
  pluginId: 'model-governance',
  resourceType: RESOURCE_TYPE_MODEL_APPROVAL,
});

const claims = z.object({
  claims: z
    .array(z.string())
    .describe("Entity refs of the user: their own and their groups'"),
});

const tiers = z.object({ tiers: z.array(z.string()) });

const states = z.object({ states: z.array(z.string()) });

const isRequester = createPermissionRule({
  name: 'IS_REQUESTER',
  description: 'Approvals that one of these users asked for',
  resourceRef: modelApprovalResourceRef,
  paramsSchema: claims,
  apply: (approval, params) => params.claims.includes(approval.requester),
  toQuery: params => ({ property: 'requester', values: params.claims }),
});

const isModelOwner = createPermissionRule({
  name: 'IS_MODEL_OWNER',
  description: 'Approvals of models that one of these refs owns',
  resourceRef: modelApprovalResourceRef,
  paramsSchema: claims,
  apply: (approval, params) => params.claims.includes(approval.ownerRef),
  toQuery: params => ({ property: 'ownerRef', values: params.claims }),
});

const hasTier = createPermissionRule({
  name: 'HAS_TIER',
  description: 'Approvals at one of these tiers',
  resourceRef: modelApprovalResourceRef,
  paramsSchema: tiers,
  apply: (approval, params) => params.tiers.includes(approval.tier),
  toQuery: params => ({ property: 'tier', values: params.tiers }),
});

const hasState = createPermissionRule({
  name: 'HAS_STATE',
  description: 'Approvals in one of these states',
  resourceRef: modelApprovalResourceRef,
  paramsSchema: states,
  apply: (approval, params) => params.states.includes(approval.state),
  toQuery: params => ({ property: 'state', values: params.states }),
});

const isSigner = createPermissionRule({
  name: 'IS_SIGNER',
  description: 'Requests that wait for one of these groups or users to sign',
  resourceRef: modelApprovalResourceRef,
  paramsSchema: claims,
  apply: (approval, params) =>
    approval.awaited.some(({ claim }) => params.claims.includes(claim)),
  toQuery: params => ({ property: 'awaited', values: params.claims }),
});

/**
 * Rules for conditional decisions about approvals.
 *
 * @public
 */
export const modelApprovalRules = {
  isRequester,
  isModelOwner,
  hasTier,
  hasState,
  isSigner,
};

const exported = createConditionExports({
  resourceRef: modelApprovalResourceRef,
  rules: modelApprovalRules,
});

/**
 * Conditions for permission policies.
 *
 * @public
 */
export const modelApprovalConditions = exported.conditions;

/**
 * Wraps {@link modelApprovalConditions} into the decision of a policy.
 *
 * @public
 */
export const createModelApprovalConditionalDecision =
  exported.createConditionalDecision;
