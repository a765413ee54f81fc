import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/core-plugin-api';

/** `/models` */
export const rootRouteRef = createRouteRef({ id: 'model-cards' });

/**
 * The root of the governance pages. Bound by itself where that plugin is
 * installed; without it no view links there.
 */
export const modelGovernanceRouteRef = createExternalRouteRef({
  id: 'model-governance',
  optional: true,
  defaultTarget: 'model-governance.root',
});
