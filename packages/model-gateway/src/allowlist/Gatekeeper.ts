import {
  AllowlistIndex,
  EnforcementMode,
  RefusedDecision,
  SnapshotGrant,
  SnapshotKey,
  SnapshotModel,
  allowedModels,
  decide,
} from '@modelhub/governance-protocol';
import { ApiError } from '../http/ApiError';
import { RateLimiter } from '../http/RateLimiter';
import type { Metrics } from '../telemetry/Metrics';
import type { Allowlist } from './Allowlist';
import { accessUrl } from './accessUrl';

/** Who calls, and the allowlist at the moment of the call. */
export interface Caller {
  key: SnapshotKey;
  mode: EnforcementMode;
  index: AllowlistIndex;
  now: Date;
  authorization: string | undefined;
}

/** A call that may go on. */
export interface Admission {
  gatewayId: string;
  /** Absent where a profile that only observes is not covered. */
  grant?: SnapshotGrant;
  model?: SnapshotModel;
  /** The refusal that was not enforced. */
  uncovered?: RefusedDecision;
}

/** Answers who may call what. Every route asks it, and nothing else decides. */
export class Gatekeeper {
  readonly #allowlist: Allowlist;
  readonly #metrics: Metrics;
  readonly #portalUrl: string;
  readonly #now: () => Date;
  readonly #limiter = new RateLimiter();

  constructor(options: {
    allowlist: Allowlist;
    metrics: Metrics;
    portalUrl: string;
    now: () => Date;
  }) {
    this.#allowlist = options.allowlist;
    this.#metrics = options.metrics;
    this.#portalUrl = options.portalUrl;
    this.#now = options.now;
  }

  /** @throws ApiError 503 without a valid snapshot, 401, 429 */
  identify(authorization: string | undefined): Caller {
    const caller = this.#recognise(authorization);
    this.#limiter.take(caller.key, caller.now);
    return { ...caller, authorization };
  }

  /**
   * The same caller by the allowlist of this moment: it may have changed while
   * a body came in.
   *
   * @throws ApiError as {@link identify}, but counts no request
   */
  renew(caller: Caller): Caller {
    return this.#allowlist.current(this.#now()) === caller.index
      ? { ...caller, now: this.#now() }
      : {
          ...this.#recognise(caller.authorization),
          authorization: caller.authorization,
        };
  }

  #recognise(authorization: string | undefined): Omit<Caller, 'authorization'> {
    const now = this.#now();
    const index = this.#allowlist.current(now);
    if (typeof index === 'string') {
      throw new ApiError(
        503,
        index,
        index === 'no_snapshot'
          ? 'This gateway has no allowlist yet and refuses every call. It is waiting for the control plane.'
          : 'The allowlist of this gateway is too old to decide by, so it refuses every call. It is waiting for the control plane.',
        { headers: { 'retry-after': '5' } },
      );
    }
    const secret = /^Bearer (mh_[A-Za-z0-9_-]{43})$/i.exec(authorization ?? '');
    const key = secret ? index.keyOfSecret(secret[1], now) : undefined;
    const expired =
      key?.expiresAt !== undefined &&
      !(Date.parse(key.expiresAt) > now.getTime());
    if (!key || expired) {
      throw new ApiError(
        401,
        'invalid_api_key',
        expired
          ? `This key expired on ${
              key?.expiresAt
            }. Get a new one in the portal: ${this.#portalUrl}`
          : `No valid key was given. Send 'Authorization: Bearer mh_…' with a key from the portal: ${
              this.#portalUrl
            }`,
        { type: 'authentication_error' },
      );
    }
    const mode = index.profile(key.profile)?.enforcement ?? 'enforce';
    return { key, mode, index, now };
  }

  /** @throws ApiError 403 */
  admit({ key, mode, index, now }: Caller, model: string): Admission {
    const decision = decide(index, { key, model, now });
    if (decision.allowed) {
      return {
        gatewayId: decision.grant.gatewayId,
        grant: decision.grant,
        model: decision.model,
      };
    }
    this.#metrics.refusals.add({ code: decision.code, mode });
    const known = knownModel(index, model);
    if (mode === 'enforce') {
      throw this.#refusal(decision, known);
    }
    return {
      gatewayId: known?.gatewayId ?? model,
      model: known,
      uncovered: decision,
    };
  }

  /** The models that {@link admit} lets through, apart from pinned versions. */
  admissible({ key, mode, index, now }: Caller): SnapshotModel[] {
    return mode === 'enforce'
      ? allowedModels(index, {
          now,
          profile: key.profile,
          purpose: key.purpose,
          tier: key.tier,
        }).map(({ model }) => model)
      : [...index.models()];
  }

  #refusal(decision: RefusedDecision, known: SnapshotModel | undefined) {
    const url = accessUrl(this.#portalUrl, known, decision);
    const { profile, purpose, tier, model, code } = decision;
    return new ApiError(
      403,
      'model_not_approved',
      `${decision.message} Request access: ${url}`,
      {
        type: 'model_access_denied',
        param: 'model',
        details: {
          request_access_url: url,
          reason: code,
          model,
          profile,
          purpose,
          tier,
        },
      },
    );
  }
}

function knownModel(index: AllowlistIndex, asked: string) {
  const split = asked.lastIndexOf('@');
  return (
    index.model(asked) ??
    (split > 0 ? index.model(asked.slice(0, split)) : undefined)
  );
}
