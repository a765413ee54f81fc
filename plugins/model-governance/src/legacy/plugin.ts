import type { Entity } from '@backstage/catalog-model';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  isEvaluationPackEntity,
  isModelEntity,
  ModelGovernanceClient,
} from '@modelhub/backstage-plugin-models-common';
import { modelGovernanceApiRef } from '@modelhub/backstage-plugin-models-react';
import {
  approvalRouteRef,
  enforcementReportRouteRef,
  entityContentRouteRef,
  entityEvaluationsRouteRef,
  entityPackRouteRef,
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
    entityEvaluations: entityEvaluationsRouteRef,
    entityPack: entityPackRouteRef,
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
 * The tab "Evaluations", for `<EntityLayout.Route path="/evaluations" …>`.
 *
 * @public
 */
export const EntityModelEvaluationsContent = modelGovernancePlugin.provide(
  createRoutableExtension({
    name: 'EntityModelEvaluationsContent',
    component: () =>
      import('../evaluations/EntityModelEvaluations').then(
        m => m.EntityModelEvaluations,
      ),
    mountPoint: entityEvaluationsRouteRef,
  }),
);

/**
 * The card with the outcomes of evaluations, for the overview of a model.
 *
 * @public
 */
export const EntityModelEvaluationsCard = modelGovernancePlugin.provide(
  createComponentExtension({
    name: 'EntityModelEvaluationsCard',
    component: {
      lazy: () =>
        import('../evaluations/EvaluationsCard').then(m => m.EvaluationsCard),
    },
  }),
);

/**
 * The tab of an evaluation pack, for
 * `<EntityLayout.Route path="/evaluation-pack" …>`.
 *
 * @public
 */
export const EntityEvaluationPackContent = modelGovernancePlugin.provide(
  createRoutableExtension({
    name: 'EntityEvaluationPackContent',
    component: () =>
      import('../evaluations/EntityEvaluationPack').then(
        m => m.EntityEvaluationPack,
      ),
    mountPoint: entityPackRouteRef,
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

/**
 * Whether an entity is an evaluation pack, for `EntityLayout.Route`'s `if`.
 *
 * @public
 */
export function isEvaluationPackAvailable(entity: Entity): boolean {
  return isEvaluationPackEntity(entity);
}
