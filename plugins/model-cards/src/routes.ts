import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/core-plugin-api';

/** `/models` */
export const rootRouteRef = createRouteRef({ id: 'model-cards' });

/**
 * The form that asks for a model. Bound by itself where the governance
 * frontend is installed; without it no view links there.
 */
export const requestAccessRouteRef = createExternalRouteRef({
  id: 'request-access',
  optional: true,
  defaultTarget: 'model-governance.request',
});

/** One approval or request. Bound by itself, as above. */
export const approvalRouteRef = createExternalRouteRef({
  id: 'approval',
  params: ['id'],
  optional: true,
  defaultTarget: 'model-governance.approval',
});
