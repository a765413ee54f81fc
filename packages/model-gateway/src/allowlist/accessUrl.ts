import type {
  RefusedDecision,
  SnapshotModel,
} from '@modelhub/governance-protocol';

/**
 * Where a person asks for what was refused: the request page with everything
 * filled in, or the search when the hub does not know the model.
 */
export function accessUrl(
  portalUrl: string,
  model: SnapshotModel | undefined,
  { profile, purpose, tier, model: asked }: RefusedDecision,
): string {
  const base = portalUrl.replace(/\/+$/, '');
  if (!model) {
    return `${base}/models?${new URLSearchParams({ q: asked })}`;
  }
  const pinned = asked.startsWith(`${model.gatewayId}@`)
    ? asked.slice(model.gatewayId.length + 1)
    : undefined;
  const query = new URLSearchParams({ entityRef: model.entityRef, tier });
  for (const [name, value] of Object.entries({
    purpose,
    profile,
    modelVersion: pinned,
  })) {
    if (value) {
      query.set(name, value);
    }
  }
  return `${base}/model-governance/request?${query}`;
}
