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
  isModelEntity,
  ModelCardsClient,
} from '@modelhub/backstage-plugin-models-common';
import { modelCardsApiRef } from '@modelhub/backstage-plugin-models-react';
import {
  approvalRouteRef,
  requestAccessRouteRef,
  rootRouteRef,
} from './routes';

/**
 * Models in a portal on Backstage's older frontend system.
 *
 * @public
 */
export const modelCardsPlugin = createPlugin({
  id: 'model-cards',
  routes: { root: rootRouteRef },
  externalRoutes: {
    requestAccess: requestAccessRouteRef,
    approval: approvalRouteRef,
  },
  apis: [
    createApiFactory({
      api: modelCardsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ModelCardsClient(deps),
    }),
  ],
});

/**
 * The page to mount at `/models`.
 *
 * @public
 */
export const ModelsPage = modelCardsPlugin.provide(
  createRoutableExtension({
    name: 'ModelsPage',
    mountPoint: rootRouteRef,
    component: () =>
      import('./browse/LegacyModelsPage').then(
        ({ LegacyModelsPage }) => LegacyModelsPage,
      ),
  }),
);

/**
 * The whole overview of a model, for the entity page of kind Model.
 *
 * @public
 */
export const EntityModelOverview = modelCardsPlugin.provide(
  createComponentExtension({
    name: 'EntityModelOverview',
    component: {
      lazy: () =>
        import('./card/LegacyModelOverview').then(
          ({ LegacyModelOverview }) => LegacyModelOverview,
        ),
    },
  }),
);

/**
 * Only the card that says where a model may be used today, and what the next
 * step is for the one who looks.
 *
 * @public
 */
export const EntityModelCard = modelCardsPlugin.provide(
  createComponentExtension({
    name: 'EntityModelCard',
    component: {
      lazy: () => import('./card').then(({ StandingCard }) => StandingCard),
    },
  }),
);

/**
 * Whether an entity is a model, for `EntitySwitch.Case`.
 *
 * @public
 */
export function isModelAvailable(entity: Entity): boolean {
  return isModelEntity(entity);
}
