import type { Gatekeeper } from '../allowlist/Gatekeeper';
import type { Caller } from '../pipeline';
import type { Considered, Router } from '../routing/Router';

/**
 * Whether a model or an alias would be let through for a caller, and exactly
 * why or why not, target by target in the order in which they would be tried.
 */
export async function explainDecision(
  gatekeeper: Gatekeeper,
  router: Router,
  caller: Caller,
  model: string,
): Promise<Record<string, unknown>> {
  const { key, profile, mode } = caller;
  const considered = await router.explain(caller, model, undefined);
  const targets = considered.map(it => explainTarget(caller, it));
  const covered = targets.filter(({ approved }) => approved);
  return {
    model,
    ...(router.aliasOf(caller, model) && { alias: true }),
    // What a call would get, and what it would get under enforcement.
    allowed: targets.some(({ allowed }) => allowed),
    approved: covered.length > 0,
    enforcement: mode,
    key: { id: key.id, expires_at: key.expiresAt, team: key.team },
    profile: key.profile,
    purpose: key.purpose,
    tier: key.tier,
    targets,
    limits: { key: key.limits, profile: profile?.limits },
    ...gatekeeper.age(caller),
  };
}

function explainTarget(
  caller: Caller,
  { target, candidate, refusal }: Considered,
) {
  if (!candidate) {
    return {
      model: target.model,
      allowed: false,
      approved: false,
      code: refusal?.code,
      message: refusal?.message,
      ...refusal?.details,
    };
  }
  const { admission, provider, circuit } = candidate;
  const { grant, uncovered } = admission;
  const purpose = caller.index.purpose(caller.key.purpose);
  return {
    model: target.model,
    allowed: true,
    approved: uncovered === undefined,
    ...(uncovered && { reason: uncovered.code, message: uncovered.message }),
    gateway_id: admission.gatewayId,
    version: grant?.version,
    ...(grant && {
      grant: {
        id: grant.id,
        tier: grant.tier,
        purpose: grant.purpose,
        profile: grant.profile,
        approved_at: grant.approvedAt,
        expires_at: grant.expiresAt,
        digest: grant.digest,
        provider_model: grant.providerModelId,
      },
    }),
    provider: {
      name: provider.name,
      model: candidate.model,
      placement: provider.placement,
      regions: provider.bounds.regions ?? admission.model?.regions,
      retention_days:
        provider.bounds.retentionDays ?? admission.model?.retentionDays,
      circuit: circuit.state,
    },
    ...(purpose && {
      asked: {
        regions: purpose.regions,
        max_retention_days: purpose.maxRetentionDays,
      },
    }),
    lifecycle: admission.model?.lifecycle,
    sunset: admission.model?.sunset,
    successor: admission.model?.successor,
  };
}
