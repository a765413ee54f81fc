import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_MODEL_REVIEW } from '@modelhub/backstage-plugin-models-common';
import { z } from 'zod';

/**
 * What conditions on a review, reply, tip, question or answer may look at.
 *
 * @public
 */
export interface ModelReviewResource {
  id: string;
  kind: string;
  /** Entity ref of the user who wrote it. */
  author: string;
  /** Entity ref of the model. */
  entityRef: string;
}

/**
 * A condition as the database applies it: the property has one of the values.
 *
 * @public
 */
export interface ModelReviewFilter {
  property: 'author' | 'entityRef' | 'kind';
  values: string[];
}

/**
 * What people say about models, for conditional decisions. Resource refs are
 * the ids.
 *
 * @public
 */
export const modelReviewResourceRef = createPermissionResourceRef<
  ModelReviewResource,
  ModelReviewFilter
>().with({
  pluginId: 'model-reviews',
  resourceType: RESOURCE_TYPE_MODEL_REVIEW,
});

const isAuthor = createPermissionRule({
  name: 'IS_AUTHOR',
  description: 'Written by one of these users',
  resourceRef: modelReviewResourceRef,
  paramsSchema: z.object({ claims: z.array(z.string()) }),
  apply: (it, { claims }) => claims.includes(it.author),
  toQuery: ({ claims }) => ({ property: 'author', values: claims }),
});

const ofModel = createPermissionRule({
  name: 'OF_MODEL',
  description: 'About one of these models',
  resourceRef: modelReviewResourceRef,
  paramsSchema: z.object({ entityRefs: z.array(z.string()) }),
  apply: (it, { entityRefs }) => entityRefs.includes(it.entityRef),
  toQuery: ({ entityRefs }) => ({ property: 'entityRef', values: entityRefs }),
});

const isOfKind = createPermissionRule({
  name: 'IS_OF_KIND',
  description: 'review, reply, tip, question or answer',
  resourceRef: modelReviewResourceRef,
  paramsSchema: z.object({ kinds: z.array(z.string()) }),
  apply: (it, { kinds }) => kinds.includes(it.kind),
  toQuery: ({ kinds }) => ({ property: 'kind', values: kinds }),
});

/**
 * Rules for conditional decisions about what people say of models.
 *
 * @public
 */
export const modelReviewRules = { isAuthor, ofModel, isOfKind };

const exported = createConditionExports({
  resourceRef: modelReviewResourceRef,
  rules: modelReviewRules,
});

/**
 * Conditions for permission policies.
 *
 * @public
 */
export const modelReviewConditions = exported.conditions;

/**
 * Wraps {@link modelReviewConditions} into the decision of a policy.
 *
 * @public
 */
export const createModelReviewConditionalDecision =
  exported.createConditionalDecision;
