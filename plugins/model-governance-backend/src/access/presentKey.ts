import type { GatewayKey } from '@modelhub/backstage-plugin-models-common';
import type { KeyRecord } from './DatabaseGatewayKeyStore';

const HOUR_MS = 3600_000;

/** A key as people see it: without what only the gateway needs. */
export function presentKey(
  { hash: _, previous, ownerMissingSince, ...key }: KeyRecord,
  options: { now: Date; ownerGraceHours: number },
): GatewayKey {
  const { now, ownerGraceHours } = options;
  const holds =
    previous !== undefined && Date.parse(previous.until) > now.getTime();
  return {
    ...key,
    ...(holds && { previous: { hint: previous.hint, until: previous.until } }),
    ...(ownerMissingSince !== undefined &&
      key.revokedAt === undefined && {
        ownerMissing: {
          since: ownerMissingSince,
          revokedAfter: new Date(
            Date.parse(ownerMissingSince) + ownerGraceHours * HOUR_MS,
          ).toISOString(),
        },
      }),
  };
}
