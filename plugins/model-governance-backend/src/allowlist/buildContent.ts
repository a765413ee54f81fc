import {
  gatewayIdKey,
  type AccessProfile,
  type Grant,
  type Purpose,
} from '@modelhub/backstage-plugin-models-common';
import {
  sortContent,
  type SnapshotContent,
  type SnapshotEndpoint,
  type SnapshotExperiment,
  type SnapshotGrant,
  type SnapshotKey,
  type SnapshotModel,
  type SnapshotTier,
  type SnapshotProfile,
  type SnapshotPurpose,
} from '@modelhub/governance-protocol';
import type { KeyRecord } from '../access/DatabaseGatewayKeyStore';
import { fits, type CatalogModels } from './CatalogModels';

const CONTROL = /\p{Cc}/gu;

/** The format knows absent fields only. */
function withoutUndefined<T extends object>(item: T): T {
  const copy = { ...item };
  for (const name of Object.keys(copy) as Array<keyof T>) {
    if (copy[name] === undefined) delete copy[name];
  }
  return copy;
}

/**
 * The model that holds a gateway id: the one that was approved first. Grants of
 * another model under the same id are left out, so that no one can take over
 * an id by claiming it.
 */
function holders(grants: Grant[]): Map<string, string> {
  const first = new Map<string, Grant>();
  for (const grant of grants) {
    const key = gatewayIdKey(grant.gatewayId);
    const holder = first.get(key);
    if (!holder || grant.approvedAt < holder.approvedAt) {
      first.set(key, grant);
    }
  }
  return new Map([...first].map(([key, grant]) => [key, grant.entityRef]));
}

const toGrant = (grant: Grant): SnapshotGrant =>
  withoutUndefined({
    id: grant.approvalId,
    gatewayId: grant.gatewayId,
    version: grant.modelVersion,
    digest: grant.digest,
    providerModelId: grant.providerModelId,
    tier: grant.tier,
    purpose: grant.purpose,
    profile: grant.profile,
    expiresAt: grant.expiresAt,
    approvedAt: grant.approvedAt,
  });

/**
 * The models of the catalog, and those that are approved under an id which the
 * catalog does not give them (any more): there approvals decide. The very list
 * of the catalog where nothing differs, so that it is not compared again.
 */
function modelsOf(grants: Grant[], catalog: CatalogModels): SnapshotModel[] {
  const differing = new Map<string, SnapshotModel>();
  for (const { gatewayId, entityRef } of grants) {
    const listed = catalog.ofGatewayId(gatewayId);
    if (listed?.entityRef !== entityRef || listed.gatewayId !== gatewayId) {
      differing.set(gatewayId, {
        provider: gatewayId.split('/')[0],
        lifecycle: 'active',
        ...catalog.ofEntity(entityRef),
        gatewayId,
        entityRef,
      });
    }
  }
  if (differing.size === 0) return catalog.models;
  const taken = new Set([...differing.keys()].map(gatewayIdKey));
  return [
    ...catalog.models.filter(
      ({ gatewayId }) => !taken.has(gatewayIdKey(gatewayId)),
    ),
    ...differing.values(),
  ];
}

const toProfile = (
  { id, title, enforcement, settings }: AccessProfile,
  experiments: SnapshotExperiment[] | undefined,
): SnapshotProfile =>
  withoutUndefined({
    ...settings,
    id,
    title: title.replace(CONTROL, ' '),
    enforcement,
    experiments,
  });

const toPurpose = ({
  id,
  regions,
  maxRetentionDays,
}: Purpose): SnapshotPurpose =>
  withoutUndefined({
    id,
    // Dropping one that the format does not take could leave none: anywhere.
    regions:
      regions.length > 0
        ? regions.map(region => region.replace(CONTROL, ' ') || ' ')
        : undefined,
    maxRetentionDays,
  });

function toEndpoint({
  boundAt: _,
  ...endpoint
}: NonNullable<KeyRecord['endpoint']>): SnapshotEndpoint {
  return withoutUndefined(endpoint);
}

const toKey = (key: KeyRecord, now: Date): SnapshotKey => {
  const { previous } = key;
  const overlaps = previous && Date.parse(previous.until) > now.getTime();
  return withoutUndefined({
    id: key.id,
    hash: key.hash,
    profile: key.profile,
    purpose: key.purpose,
    tier: key.tier,
    expiresAt: key.expiresAt,
    limits: key.limits,
    team: key.owner.startsWith('user:') ? undefined : key.owner,
    endpoint: key.endpoint && toEndpoint(key.endpoint),
    previous: overlaps
      ? { hash: previous.hash, until: previous.until }
      : undefined,
  });
};

/** What gateways get to know: only ids, hashes and live approvals. */
export function buildContent(input: {
  grants: Grant[];
  catalog: CatalogModels;
  profiles: AccessProfile[];
  purposes: Purpose[];
  tiers: SnapshotTier[];
  keys: KeyRecord[];
  /** Those that run, by profile. */
  experiments?: Map<string, SnapshotExperiment[]>;
  now: Date;
}): SnapshotContent {
  const holder = holders(input.grants);
  const grants = input.grants.filter(
    grant =>
      holder.get(gatewayIdKey(grant.gatewayId)) === grant.entityRef &&
      [grant.gatewayId, grant.modelVersion].every(fits),
  );
  const models = modelsOf(grants, input.catalog);
  const isCatalog = models === input.catalog.models;
  const sorted = sortContent({
    grants: grants.map(toGrant),
    models: isCatalog ? [] : models,
    profiles: input.profiles.map(profile =>
      toProfile(profile, input.experiments?.get(profile.id)),
    ),
    purposes: input.purposes.map(toPurpose),
    tiers: input.tiers,
    keys: input.keys.map(key => toKey(key, input.now)),
  });
  return isCatalog ? { ...sorted, models } : sorted;
}
