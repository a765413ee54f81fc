import type {
  RefusedDecision,
  SnapshotModel,
} from '@modelhub/governance-protocol';

/**
 * Where a person asks for what was refused: the model's page with the request
 * filled in, or the search when the hub does not know the model.
 */
export function accessUrl(
  portalUrl: string,
  model: SnapshotModel | undefined,
  { profile, purpose, tier, model: asked }: RefusedDecision,
): string {
  const ref = model && /^([^:/]+):([^/]+)\/(.+)$/.exec(model.entityRef);
  if (!ref) {
    return `${portalUrl}/models?${new URLSearchParams({ q: asked })}`;
  }
  const [, kind, namespace, name] = ref.map(encodeURIComponent);
  const query = new URLSearchParams({ tier });
  if (profile !== undefined) {
    query.set('profile', profile);
  }
  if (purpose !== undefined) {
    query.set('purpose', purpose);
  }
  return `${portalUrl}/catalog/${namespace}/${kind}/${name}?requestAccess&${query}`;
}
