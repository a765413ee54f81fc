import { createRouteRef } from '@backstage/core-plugin-api';

/**
 * The page of reviews: the newest ones of all models, tips, questions and what
 * moderators have to look at.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'model-reviews' });

/**
 * The reviews tab on the entity page of a model. Takes the query parameter
 * `view`: `reviews`, `tips` or `questions`.
 *
 * @public
 */
export const entityContentRouteRef = createRouteRef({
  id: 'model-reviews-entity-content',
});
