import type {
  AccessProfile,
  Grant,
} from '@modelhub/backstage-plugin-models-common';
import {
  sortContent,
  type SnapshotContent,
  type SnapshotGrant,
  type SnapshotModel,
} from '@modelhub/governance-protocol';
import type { KeyRecord } from '../access/DatabaseAccessStore';

/** What gateways are told about a model besides its id. */
export interface ModelListing {
  entityRef: string;
  provider: string;
  lifecycle: SnapshotModel['lifecycle'];
  /** Gateway id. */
  successor?: string;
}

const CONTROL = /\p{Cc}/gu;
const LONGEST = 2048;

/** A text that the format takes. */
const fits = (text: string) =>
  text.length > 0 && text.length <= LONGEST && text.search(CONTROL) < 0;

const withoutUndefined = <T extends object>(item: T): T =>
  JSON.parse(JSON.stringify(item));

/**
 * The model that holds a gateway id: the one that was approved first. Grants of
 * another model under the same id are left out, so that no one can take over
 * an id by claiming it.
 */
function holders(grants: Grant[]): Map<string, string> {
  const first = new Map<string, Grant>();
  for (const grant of grants) {
    const holder = first.get(grant.gatewayId);
    if (!holder || grant.approvedAt < holder.approvedAt) {
      first.set(grant.gatewayId, grant);
    }
  }
  return new Map([...first].map(([id, grant]) => [id, grant.entityRef]));
}

const toGrant = (grant: Grant): SnapshotGrant => ({
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

/** What gateways get to know: only ids, hashes and live approvals. */
export function buildContent(input: {
  grants: Grant[];
  listings: ModelListing[];
  profiles: AccessProfile[];
  keys: KeyRecord[];
}): SnapshotContent {
  const holder = holders(input.grants);
  const grants = input.grants.filter(
    grant =>
      holder.get(grant.gatewayId) === grant.entityRef &&
      [grant.gatewayId, grant.modelVersion].every(fits),
  );
  const listings = new Map(input.listings.map(item => [item.entityRef, item]));
  const models = new Map(
    grants.map(({ gatewayId, entityRef }): [string, SnapshotModel] => {
      const listing = listings.get(entityRef);
      return [
        gatewayId,
        {
          gatewayId,
          entityRef,
          provider: listing?.provider ?? gatewayId.split('/')[0],
          lifecycle: listing?.lifecycle ?? 'active',
          successor: listing?.successor,
        },
      ];
    }),
  );
  return withoutUndefined(
    sortContent({
      grants: grants.map(toGrant),
      models: [...models.values()],
      profiles: input.profiles.map(({ id, title, enforcement }) => ({
        id,
        title: title.replace(CONTROL, ' '),
        enforcement,
      })),
      keys: input.keys.map(key => ({
        id: key.id,
        hash: key.hash,
        profile: key.profile,
        purpose: key.purpose,
        tier: key.tier,
        expiresAt: key.expiresAt,
        requestsPerMinute: key.requestsPerMinute,
      })),
    }),
  );
}
