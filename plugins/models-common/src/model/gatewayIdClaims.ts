/**
 * One model's claim on a gateway id.
 *
 * @public
 */
export interface GatewayIdClaim {
  entityRef: string;
  gatewayId: string;
  /** When the claim was first seen, ISO 8601 in UTC. */
  firstSeenAt: string;
}

/**
 * How a disputed claim ends: the oldest one holds the id, all others are
 * refused, and every party learns of the others.
 *
 * @public
 */
export interface GatewayIdConflict {
  entityRef: string;
  gatewayId: string;
  outcome: 'held' | 'refused';
  /** Refs of the other claimants, sorted. */
  otherClaimants: string[];
}

/**
 * The form in which gateway ids are compared. Case does not count, so that
 * nobody takes `Meta/llama` beside `meta/llama`.
 *
 * @public
 */
export function gatewayIdKey(gatewayId: string): string {
  return gatewayId.normalize('NFKC').trim().toLowerCase();
}

/**
 * Finds gateway ids that more than one model claims. Claims that nobody
 * disputes are not in the answer.
 *
 * @public
 */
export function resolveGatewayIdClaims(
  claims: Iterable<GatewayIdClaim>,
): GatewayIdConflict[] {
  const byKey = new Map<string, GatewayIdClaim[]>();
  for (const claim of claims) {
    const key = gatewayIdKey(claim.gatewayId);
    byKey.set(key, [...(byKey.get(key) ?? []), claim]);
  }
  return [...byKey.values()]
    .filter(rivals => rivals.length > 1)
    .flatMap(rivals => {
      const [holder] = [...rivals].sort(
        (a, b) =>
          a.firstSeenAt.localeCompare(b.firstSeenAt) ||
          a.entityRef.localeCompare(b.entityRef),
      );
      return rivals.map(({ entityRef, gatewayId }) => ({
        entityRef,
        gatewayId,
        outcome:
          entityRef === holder.entityRef
            ? ('held' as const)
            : ('refused' as const),
        otherClaimants: rivals
          .map(rival => rival.entityRef)
          .filter(ref => ref !== entityRef)
          .sort(),
      }));
    });
}
