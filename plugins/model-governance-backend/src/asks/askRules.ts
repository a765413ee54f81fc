import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_MODEL_ASK } from '@modelhub/backstage-plugin-models-common';
import { z } from 'zod';

/**
 * What conditions on a question may look at.
 *
 * @public
 */
export interface ModelAskResource {
  id: string;
  /** Id of the access profile. */
  profile: string;
  /** Gateway id of the model. */
  model: string;
  /** Entity ref of the owner of the key. */
  keyOwner: string;
}

/**
 * A condition as the database applies it: the property has one of the values.
 *
 * @public
 */
export interface AskFilter {
  property: 'profile' | 'model' | 'keyOwner';
  values: string[];
}

/**
 * Questions to a person, for conditional decisions. Resource refs are their ids.
 *
 * @public
 */
export const modelAskResourceRef = createPermissionResourceRef<
  ModelAskResource,
  AskFilter
>().with({
  pluginId: 'model-governance',
  resourceType: RESOURCE_TYPE_MODEL_ASK,
});

const hasProfile = createPermissionRule({
  name: 'HAS_PROFILE',
  description: 'Questions of calls in one of these access profiles',
  resourceRef: modelAskResourceRef,
  paramsSchema: z.object({ profiles: z.array(z.string()) }),
  apply: (ask, { profiles }) => profiles.includes(ask.profile),
  toQuery: ({ profiles }) => ({ property: 'profile', values: profiles }),
});

const hasModel = createPermissionRule({
  name: 'HAS_MODEL',
  description: 'Questions of calls of one of these models',
  resourceRef: modelAskResourceRef,
  paramsSchema: z.object({ models: z.array(z.string()) }),
  apply: (ask, { models }) => models.includes(ask.model),
  toQuery: ({ models }) => ({ property: 'model', values: models }),
});

const isKeyOwner = createPermissionRule({
  name: 'IS_KEY_OWNER',
  description: 'Questions of calls with keys that one of these refs owns',
  resourceRef: modelAskResourceRef,
  paramsSchema: z.object({ claims: z.array(z.string()) }),
  apply: (ask, { claims }) => claims.includes(ask.keyOwner),
  toQuery: ({ claims }) => ({ property: 'keyOwner', values: claims }),
});

/**
 * Rules for conditional decisions about questions.
 *
 * @public
 */
export const modelAskRules = { hasProfile, hasModel, isKeyOwner };

const exported = createConditionExports({
  resourceRef: modelAskResourceRef,
  rules: modelAskRules,
});

/**
 * Conditions for permission policies.
 *
 * @public
 */
export const modelAskConditions = exported.conditions;

/**
 * Wraps {@link modelAskConditions} into the decision of a policy.
 *
 * @public
 */
export const createModelAskConditionalDecision =
  exported.createConditionalDecision;
