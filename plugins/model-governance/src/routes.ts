import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/core-plugin-api';

/**
 * The page of model governance.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'model-governance' });

/**
 * The form that asks for a model. Takes the query parameters `entityRef`,
 * `tier`, `purpose`, `profile` and `modelVersion`.
 *
 * @public
 */
export const requestRouteRef = createSubRouteRef({
  id: 'model-governance-request',
  parent: rootRouteRef,
  path: '/request',
});

/**
 * One approval, with all that belongs to it.
 *
 * @public
 */
export const approvalRouteRef = createSubRouteRef({
  id: 'model-governance-approval',
  parent: rootRouteRef,
  path: '/approvals/:id',
});

/**
 * The approvals tab on the entity page of a model.
 *
 * @public
 */
export const entityContentRouteRef = createRouteRef({
  id: 'model-governance-entity-content',
});

/**
 * The evaluations tab on the entity page of a model.
 *
 * @public
 */
export const entityEvaluationsRouteRef = createRouteRef({
  id: 'model-governance-entity-evaluations',
});

/**
 * The tab on the entity page of an evaluation pack.
 *
 * @public
 */
export const entityPackRouteRef = createRouteRef({
  id: 'model-governance-entity-pack',
});

/**
 * What enforcing would refuse of an access profile. Bound by itself where the
 * usage frontend is installed; without it no view links there.
 *
 * @public
 */
export const enforcementReportRouteRef = createExternalRouteRef({
  id: 'enforcement-report',
  params: ['profile'],
  optional: true,
  defaultTarget: 'model-usage.enforcementReport',
});
