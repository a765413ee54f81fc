import { ApiRef, createApiRef } from '@backstage/core-plugin-api';
import type {
  ModelCardsClient,
  ModelGovernanceClient,
  ModelReviewsClient,
  ModelServingClient,
  ModelUsageClient,
} from '@modelhub/backstage-plugin-models-common';

/**
 * What the frontends call on the governance backend.
 *
 * @public
 */
export type ModelGovernanceApi = Pick<
  ModelGovernanceClient,
  keyof ModelGovernanceClient
>;

/**
 * What the frontends call on the read side.
 *
 * @public
 */
export type ModelCardsApi = Pick<ModelCardsClient, keyof ModelCardsClient>;

/**
 * What the frontends call on the usage backend.
 *
 * @public
 */
export type ModelUsageApi = Pick<ModelUsageClient, keyof ModelUsageClient>;

/**
 * What the frontends call on the reviews backend.
 *
 * @public
 */
export type ModelReviewsApi = Pick<
  ModelReviewsClient,
  keyof ModelReviewsClient
>;

/**
 * What the frontends call on the serving backend.
 *
 * @public
 */
export type ModelServingApi = Pick<
  ModelServingClient,
  keyof ModelServingClient
>;

/**
 * Provided by `@modelhub/backstage-plugin-model-governance`. Views of other
 * plugins read it with {@link useRoom}, because it may not be there.
 *
 * @public
 */
export const modelGovernanceApiRef: ApiRef<ModelGovernanceApi> = createApiRef({
  id: 'plugin.model-governance.client',
});

/**
 * Provided by `@modelhub/backstage-plugin-model-cards`. Views of other plugins
 * read it with {@link useRoom}, because it may not be there.
 *
 * @public
 */
export const modelCardsApiRef: ApiRef<ModelCardsApi> = createApiRef({
  id: 'plugin.model-cards.client',
});

/**
 * Provided by `@modelhub/backstage-plugin-model-usage`. Views of other plugins
 * read it with {@link useRoom}, because it may not be there.
 *
 * @public
 */
export const modelUsageApiRef: ApiRef<ModelUsageApi> = createApiRef({
  id: 'plugin.model-usage.client',
});

/**
 * Provided by `@modelhub/backstage-plugin-model-reviews`. Views of other
 * plugins read it with {@link useRoom}, because it may not be there.
 *
 * @public
 */
export const modelReviewsApiRef: ApiRef<ModelReviewsApi> = createApiRef({
  id: 'plugin.model-reviews.client',
});

/**
 * Provided by `@modelhub/backstage-plugin-model-serving`. Views of other
 * plugins read it with {@link useRoom}, because it may not be there.
 *
 * @public
 */
export const modelServingApiRef: ApiRef<ModelServingApi> = createApiRef({
  id: 'plugin.model-serving.client',
});
