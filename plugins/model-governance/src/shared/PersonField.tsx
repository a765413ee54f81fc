import { EntityField } from '@modelhub/backstage-plugin-models-react';
import type { ComponentProps } from 'react';

/** `dana` is taken as `user:default/dana`. */
export function userRef(text: string): string {
  const given = text.trim();
  if (given.includes(':')) return given;
  return given.includes('/') ? `user:${given}` : `user:default/${given}`;
}

/** A person of the catalog, by name or reference; the catalog proposes while one types. */
export function PersonField(
  props: Omit<ComponentProps<typeof EntityField>, 'kind'>,
) {
  return <EntityField kind="user" {...props} />;
}
