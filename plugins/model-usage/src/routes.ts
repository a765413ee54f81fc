import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/**
 * The page of model usage.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'model-usage' });

/**
 * What enforcing would refuse of one access profile.
 *
 * @public
 */
export const enforcementReportRouteRef = createSubRouteRef({
  id: 'model-usage-enforcement-report',
  parent: rootRouteRef,
  path: '/enforcement/:profile',
});

/**
 * What one access profile, team or key spent. Takes the kind (`profile`, `team`
 * or `key`) and the id of the profile or key, or the entity ref of the team.
 *
 * @public
 */
export const spendingRouteRef = createSubRouteRef({
  id: 'model-usage-spending',
  parent: rootRouteRef,
  path: '/budgets/:kind/:subject',
});

/**
 * The usage tab on the entity page of a model. Takes the query parameters
 * `range` (`7`, `28`, `90`, `365`, or `custom` with `from` and `to`) and
 * `version`.
 *
 * @public
 */
export const entityContentRouteRef = createRouteRef({
  id: 'model-usage-entity-content',
});

/**
 * What one endpoint of a model, or the control plane, has to keep. Takes the id
 * of the objective.
 *
 * @public
 */
export const objectiveRouteRef = createSubRouteRef({
  id: 'model-usage-objective',
  parent: rootRouteRef,
  path: '/objectives/:objective',
});
