import { parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';

/**
 * A link to a model's page. With a `title` nothing has to be asked of the
 * catalog.
 *
 * @public
 */
export function ModelLink(props: { entityRef: string; title?: string }) {
  const ref = parseEntityRef(props.entityRef, { defaultKind: 'model' });
  return (
    <EntityRefLink
      entityRef={ref}
      defaultKind="model"
      title={props.title}
      hideIcon={Boolean(props.title)}
    />
  );
}
