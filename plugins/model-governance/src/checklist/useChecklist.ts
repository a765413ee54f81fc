import { parseEntityRef } from '@backstage/catalog-model';
import type { Checklist, Tier } from '@modelhub/backstage-plugin-models-common';
import { type Live, useLive } from '../hooks/useLive';

/** What is demanded of a version at a tier, for a scope or for one request. */
export function useChecklist(asked: {
  entityRef: string;
  tier: Tier;
  version?: string;
  purpose?: string;
  profile?: string;
  requesterGroup?: string;
  approval?: string;
  /** Another one asks anew. */
  revision?: number;
}): Live<Checklist> {
  const { entityRef, revision, ...rest } = asked;
  const { namespace, name } = parseEntityRef(entityRef);
  const query = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value),
  ) as typeof rest;
  return useLive(
    `checklist:${JSON.stringify({ entityRef, revision, ...query })}`,
    (api, signal) =>
      api.getChecklist({ namespace, name, ...query }, { signal }),
  );
}
