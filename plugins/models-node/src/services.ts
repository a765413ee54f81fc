import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import {
  ModelGovernanceClient,
  ModelReviewsClient,
  ModelServingClient,
  ModelUsageClient,
} from '@modelhub/backstage-plugin-models-common';

/**
 * The governance room, for other backend plugins. Calls carry a token, so that
 * the caller's permissions count: get one with
 * `auth.getPluginRequestToken({ onBehalfOf: credentials, targetPluginId: 'model-governance' })`.
 *
 * @public
 */
export const modelGovernanceServiceRef =
  createServiceRef<ModelGovernanceClient>({
    id: 'model-governance.client',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { discovery: coreServices.discovery },
        factory: ({ discovery }) =>
          new ModelGovernanceClient({ discoveryApi: discovery }),
      }),
  });

/**
 * The usage room, for other backend plugins. Answers 404 in a portal that does
 * not have it. Calls carry a token for the target plugin `model-usage`.
 *
 * @public
 */
export const modelUsageServiceRef = createServiceRef<ModelUsageClient>({
  id: 'model-usage.client',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { discovery: coreServices.discovery },
      factory: ({ discovery }) =>
        new ModelUsageClient({ discoveryApi: discovery }),
    }),
});

/**
 * The reviews room, for other backend plugins. Answers 404 in a portal that
 * does not have it. Calls carry a token for the target plugin `model-reviews`.
 *
 * @public
 */
export const modelReviewsServiceRef = createServiceRef<ModelReviewsClient>({
  id: 'model-reviews.client',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { discovery: coreServices.discovery },
      factory: ({ discovery }) =>
        new ModelReviewsClient({ discoveryApi: discovery }),
    }),
});

/**
 * The serving room, for other backend plugins. Answers 404 in a portal that
 * does not have it. Calls carry a token for the target plugin `model-serving`.
 *
 * @public
 */
export const modelServingServiceRef = createServiceRef<ModelServingClient>({
  id: 'model-serving.client',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { discovery: coreServices.discovery },
      factory: ({ discovery }) =>
        new ModelServingClient({ discoveryApi: discovery }),
    }),
});
