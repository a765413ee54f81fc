import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';

/** The views of the reviews tab. */
export const views = ['reviews', 'tips', 'questions'] as const;

/** One of them. */
export type View = (typeof views)[number];

/** Address of the reviews tab of a model. */
export function useReviewsPath(): (entityRef: string, view: View) => string {
  const entity = useRouteRef(entityRouteRef);
  return (entityRef, view) =>
    `${entity(
      parseEntityRef(entityRef, { defaultKind: 'model' }),
    )}/reviews?view=${view}`;
}
