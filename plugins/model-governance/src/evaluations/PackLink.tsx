import { parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** To the page of an evaluation pack. With a title nothing has to be asked of the catalog. */
export function PackLink(props: { entityRef: string; title?: string }) {
  return (
    <EntityRefLink
      entityRef={parseEntityRef(props.entityRef, {
        defaultKind: 'evaluationpack',
      })}
      defaultKind="evaluationpack"
      title={props.title}
      hideIcon={Boolean(props.title)}
    />
  );
}
