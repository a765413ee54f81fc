import type { GatewayKey } from '@modelhub/backstage-plugin-models-common';
import type { KeyRecord } from './DatabaseGatewayKeyStore';

const HOUR_MS = 3600_000;

/** Where it is called is for gateways. */
const presentEndpoint = ({
  id,
  gatewayId,
  version,
  boundAt,
}: NonNullable<KeyRecord['endpoint']>) => ({ id, gatewayId, version, boundAt });

/** A key as people see it: without what only the gateway needs. */
export function presentKey(
  {
    hash: _,
    ownerWasMember: __,
    previous,
    ownerMissingSince,
    ownerLeftSince,
    endpoint,
    ...key
  }: KeyRecord,
  options: { now: Date; ownerGraceHours: number },
): GatewayKey {
  const { now, ownerGraceHours } = options;
  const holds =
    previous !== undefined && Date.parse(previous.until) > now.getTime();
  const graceFrom = (since: string) => ({
    since,
    revokedAfter: new Date(
      Date.parse(since) + ownerGraceHours * HOUR_MS,
    ).toISOString(),
  });
  return {
    ...key,
    ...(endpoint && { endpoint: presentEndpoint(endpoint) }),
    ...(holds && { previous: { hint: previous.hint, until: previous.until } }),
    ...(ownerMissingSince !== undefined &&
      key.revokedAt === undefined && {
        ownerMissing: graceFrom(ownerMissingSince),
      }),
    ...(ownerLeftSince !== undefined &&
      key.revokedAt === undefined && { ownerLeft: graceFrom(ownerLeftSince) }),
  };
}
