import type { Entity } from '@backstage/catalog-model';
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  isModelEntity,
  ModelGovernanceClient,
} from '@modelhub/backstage-plugin-models-common';
import { modelGovernanceApiRef } from '@modelhub/backstage-plugin-models-react';
import {
  approvalRouteRef,
  enforcementReportRouteRef,
  entityContentRouteRef,
  requestRouteRef,
  rootRouteRef,
} from '../routes';

/**
 * Model governance for the older frontend system.
 *
 * @public
 */
export const modelGovernancePlugin = createPlugin({
  id: 'model-governance',
  apis: [
    createApiFactory({
      api: modelGovernanceApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ModelGovernanceClient(deps),
    }),
  ],
  routes: {
    root: rootRouteRef,
    request: requestRouteRef,
    approval: approvalRouteRef,
    entityContent: entityContentRouteRef,
  },
  externalRoutes: { enforcementReport: enforcementReportRouteRef },
});

/**
 * The page, for `<Route path="/model-governance" …>`.
 *
 * @public
 */
export const ModelGovernancePage = modelGovernancePlugin.provide(
  createRoutableExtension({
    name: 'ModelGovernancePage',
    component: () =>
      import('./ModelGovernancePage').then(m => m.ModelGovernancePage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The tab "Approvals and versions", for `<EntityLayout.Route path="/approvals" …>`.
 *
 * @public
 */
export const EntityModelApprovalsContent = modelGovernancePlugin.provide(
  createRoutableExtension({
    name: 'EntityModelApprovalsContent',
    component: () =>
      import('../entity/EntityModelApprovals').then(
        m => m.EntityModelApprovals,
      ),
    mountPoint: entityContentRouteRef,
  }),
);

/**
 * Whether an entity is a model, for `EntityLayout.Route`'s `if`.
 *
 * @public
 */
export function isModelAvailable(entity: Entity): boolean {
  return isModelEntity(entity);
}
