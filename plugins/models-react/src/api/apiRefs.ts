import { ApiRef, createApiRef } from '@backstage/core-plugin-api';
import type {
  ModelCardsClient,
  ModelGovernanceClient,
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
