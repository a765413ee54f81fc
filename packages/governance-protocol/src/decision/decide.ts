import { boundEndpoint } from '../snapshot/endpoint';
import { tierRank } from '../snapshot/tiers';
import type {
  SnapshotGrant,
  SnapshotKey,
  SnapshotModel,
  Tier,
} from '../snapshot/types';
import { AllowlistIndex, IndexedGrant } from './AllowlistIndex';

/**
 * For whom, for what and where a model is to be used.
 *
 * @public
 */
export interface DecisionScope {
  /** Access profile; without it the approval of any profile will do. */
  profile?: string;
  /** Without it the approval for any purpose will do. */
  purpose?: string;
  tier: Tier;
}

/**
 * Where a call would be processed, and for how long what it holds is kept.
 *
 * @public
 */
export interface Placement {
  regions?: string[];
  retentionDays?: number;
}

/**
 * The question: may this model be called?
 *
 * @public
 */
export type DecisionRequest = {
  /** `gatewayId`, or `gatewayId@version` for one version. */
  model: string;
  now: Date;
  /**
   * What is known about where the call would run; it goes before what the model
   * says. With it, what the purpose bounds must be known; without it, only what
   * the model itself says is compared.
   */
  placement?: Placement;
} & ({ key: SnapshotKey } | DecisionScope);

/**
 * Why a model may not be called.
 *
 * @public
 */
export type RefusalCode =
  | 'unknown-model'
  | 'retired'
  | 'not-approved'
  | 'version-not-approved'
  | 'tier-not-covered'
  | 'expired'
  | 'region-not-allowed'
  | 'retention-too-long'
  | 'endpoint-not-ready'
  | 'endpoint-other-model';

/**
 * A yes with the approval that it rests on.
 *
 * @public
 */
export interface AllowedDecision {
  allowed: true;
  grant: SnapshotGrant;
  model: SnapshotModel;
}

/**
 * A no, with everything that a person needs to do something about it.
 *
 * @public
 */
export interface RefusedDecision {
  allowed: false;
  code: RefusalCode;
  message: string;
  profile?: string;
  purpose?: string;
  tier: Tier;
  /** As it was asked for. */
  model: string;
}

/**
 * The answer to a {@link DecisionRequest}.
 *
 * @public
 */
export type Decision = AllowedDecision | RefusedDecision;

type Question = Pick<DecisionRequest, 'model' | 'now' | 'placement'>;

/** What a name in a question means. */
interface Asked {
  id: string;
  version: string | undefined;
  model: SnapshotModel | undefined;
}

/** By how far the nearest grant came. */
const REASONS: RefusalCode[] = [
  'not-approved',
  'version-not-approved',
  'tier-not-covered',
  'expired',
];

/**
 * THE allowlist decision, used by the gateway on every call and by the control
 * plane's access check. Absence means no.
 *
 * An id without a version means the newest approved version that is live and
 * covers the tier; `id@version` pins one. An approval at a tier covers the
 * tiers below it for the same profile and purpose.
 *
 * The key of an evaluation endpoint opens the version that the endpoint is
 * bound to, at tier `sandbox`, where it is approved as for any other key.
 *
 * Whether the key itself has expired is for its caller to check.
 *
 * @public
 */
export function decide(
  index: AllowlistIndex,
  request: DecisionRequest,
): Decision {
  if ('key' in request) {
    return request.key.endpoint
      ? decideForEndpoint(index, request)
      : judge(index, request, request.key, resolve(index, request.model));
  }
  return judge(index, request, request, resolve(index, request.model));
}

/** Compared by its whole name: an id may hold an `@` of its own. */
function decideForEndpoint(
  index: AllowlistIndex,
  request: Question & { key: SnapshotKey },
): Decision {
  const { key, model } = request;
  const bound = boundEndpoint(key);
  if (!bound) {
    return refuse('endpoint-not-ready', model, key);
  }
  const { gatewayId, version } = bound;
  if (model !== gatewayId && model !== `${gatewayId}@${version}`) {
    return refuse('endpoint-other-model', model, key);
  }
  if (key.tier !== 'sandbox') {
    return refuse('tier-not-covered', model, key);
  }
  return judge(index, request, key, {
    id: gatewayId,
    version,
    model: index.model(gatewayId),
  });
}

function judge(
  index: AllowlistIndex,
  request: Question,
  scope: DecisionScope,
  { id, version, model }: Asked,
): Decision {
  if (!model) {
    return refuse('unknown-model', request.model, scope);
  }
  if (model.lifecycle === 'retired') {
    return refuse('retired', request.model, scope);
  }
  const rank = tierRank(scope.tier);
  const now = request.now.getTime();
  let furthest = 0;
  let lastExpiry: IndexedGrant | undefined;
  for (const entry of index.grantsOf(id, scope.profile, scope.purpose)) {
    let step = 1;
    if (version === undefined || entry.grant.version === version) {
      step = 2;
      if (rank >= 0 && entry.rank >= rank) {
        step = 3;
        if (entry.expiresAt > now) {
          const beyond = beyondPurpose(index, entry, model, request.placement);
          return beyond
            ? refuse(beyond, request.model, scope)
            : { allowed: true, grant: entry.grant, model };
        }
        if (!lastExpiry || entry.expiresAt > lastExpiry.expiresAt) {
          lastExpiry = entry;
        }
      }
    }
    furthest = Math.max(furthest, step);
  }
  return refuse(
    REASONS[furthest],
    request.model,
    scope,
    lastExpiry?.grant.expiresAt,
  );
}

/**
 * The models that {@link decide} allows for a key or scope at this moment.
 *
 * @public
 */
export function allowedModels(
  index: AllowlistIndex,
  request: { now: Date } & (
    | { key: SnapshotKey }
    | { profile: string; purpose: string; tier: Tier }
  ),
): AllowedDecision[] {
  const { now } = request;
  if (!('key' in request)) {
    return allowedIn(index, request, now);
  }
  const { key } = request;
  if (!key.endpoint) {
    return allowedIn(index, key, now);
  }
  const model = boundEndpoint(key)?.gatewayId;
  const decision = model && decide(index, { key, model, now });
  return decision && decision.allowed ? [decision] : [];
}

function allowedIn(
  index: AllowlistIndex,
  request: { profile: string; purpose: string; tier: Tier },
  now: Date,
): AllowedDecision[] {
  const allowed: AllowedDecision[] = [];
  for (const id of index.grantedIds(request.profile, request.purpose)) {
    const decision = decide(index, {
      model: id,
      now,
      profile: request.profile,
      purpose: request.purpose,
      tier: request.tier,
    });
    if (decision.allowed) {
      allowed.push(decision);
    }
  }
  return allowed;
}

/**
 * A whole string that is a gateway id is that model; otherwise what follows the
 * last `@` is a version.
 */
function resolve(index: AllowlistIndex, asked: string): Asked {
  const whole = index.model(asked);
  const split = asked.lastIndexOf('@');
  if (whole || split < 1) {
    return { id: asked, version: undefined, model: whole };
  }
  const id = asked.slice(0, split);
  return { id, version: asked.slice(split + 1), model: index.model(id) };
}

/** What of its purpose a model does not keep. */
function beyondPurpose(
  index: AllowlistIndex,
  { grant }: IndexedGrant,
  model: SnapshotModel,
  placement: Placement | undefined,
): RefusalCode | undefined {
  const purpose = index.purpose(grant.purpose);
  if (!purpose) {
    return undefined;
  }
  const { regions: allowed, maxRetentionDays: longest } = purpose;
  const regions = placement?.regions ?? model.regions;
  if (allowed && allowed.length > 0 && (regions || placement)) {
    const within =
      regions !== undefined &&
      regions.length > 0 &&
      regions.every(region => allowed.includes(region));
    if (!within) {
      return 'region-not-allowed';
    }
  }
  const days = placement?.retentionDays ?? model.retentionDays;
  if (longest !== undefined && (days !== undefined || placement)) {
    if (days === undefined || days > longest) {
      return 'retention-too-long';
    }
  }
  return undefined;
}

function refuse(
  code: RefusalCode,
  model: string,
  scope: DecisionScope,
  expiredAt?: string,
): RefusedDecision {
  const { profile, purpose, tier } = scope;
  return {
    allowed: false,
    code,
    message: messageOf(code, model, scope, expiredAt),
    profile,
    purpose,
    tier,
    model,
  };
}

function messageOf(
  code: RefusalCode,
  model: string,
  { profile, purpose, tier }: DecisionScope,
  expiredAt?: string,
): string {
  const whom = profile === undefined ? 'any profile' : `profile '${profile}'`;
  const what = purpose === undefined ? 'any purpose' : `purpose '${purpose}'`;
  const where = `${whom}, ${what}, tier '${tier}'`;
  switch (code) {
    case 'unknown-model':
      return `Model '${model}' is not known to the model hub, so it is not approved for ${where}.`;
    case 'retired':
      return `Model '${model}' is retired and no longer runs for anybody.`;
    case 'version-not-approved':
      return `This version of model '${model}' is not approved for ${where}; another version is or was.`;
    case 'tier-not-covered':
      return `Model '${model}' is approved for ${whom} and ${what} at a lower tier only, not at '${tier}'.`;
    case 'region-not-allowed':
      return `Model '${model}' would process prompts in a region that is unknown or that ${what} does not allow.`;
    case 'retention-too-long':
      return `The provider of model '${model}' keeps prompts for longer than ${what} allows, or does not say for how long.`;
    case 'endpoint-not-ready':
      return `This key belongs to an evaluation endpoint that is still starting. It opens model '${model}' when the endpoint is ready, if that is what runs there.`;
    case 'endpoint-other-model':
      return `This key belongs to an evaluation endpoint and opens only the model and version that run there, not '${model}'.`;
    case 'expired':
      return `The approval of model '${model}' for ${where} expired on ${expiredAt}.`;
    default:
      return `Model '${model}' is not approved for ${where}.`;
  }
}
