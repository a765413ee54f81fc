import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/core-plugin-api';

/**
 * The place to evaluate models: one's endpoints, the playground, own inputs.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'model-serving' });

/**
 * One evaluation endpoint.
 *
 * @public
 */
export const endpointRouteRef = createSubRouteRef({
  id: 'model-serving-endpoint',
  parent: rootRouteRef,
  path: '/endpoints/:id',
});

/**
 * The playground. Takes the query parameters `profile`, `target` (several
 * times) and `entityRef`, whose targets are chosen first.
 *
 * @public
 */
export const playgroundRouteRef = createSubRouteRef({
  id: 'model-serving-playground',
  parent: rootRouteRef,
  path: '/playground',
});

/**
 * One batch of own inputs.
 *
 * @public
 */
export const batchRouteRef = createSubRouteRef({
  id: 'model-serving-batch',
  parent: rootRouteRef,
  path: '/inputs/:id',
});

/**
 * One approval. Bound by itself where the governance frontend is installed;
 * without it no view links there.
 *
 * @public
 */
export const approvalRouteRef = createExternalRouteRef({
  id: 'approval',
  params: ['id'],
  optional: true,
  defaultTarget: 'model-governance.approval',
});

/**
 * The form that asks for a model. Bound by itself, as above.
 *
 * @public
 */
export const requestRouteRef = createExternalRouteRef({
  id: 'request',
  optional: true,
  defaultTarget: 'model-governance.request',
});

/**
 * The list of models. Bound by itself where the frontend of cards is installed.
 *
 * @public
 */
export const modelsRouteRef = createExternalRouteRef({
  id: 'models',
  optional: true,
  defaultTarget: 'model-cards.root',
});
