import {
  AllowlistIndex,
  Placement,
  RefusedDecision,
  SnapshotKey,
  SnapshotModel,
  allowedModels,
  decide,
  sha256Hex,
} from '@modelhub/governance-protocol';
import { ApiError } from '../http/ApiError';
import { OidcIdentities, RuleWish, checkProfile } from '../identity';
import type { Admission, Caller } from '../pipeline';
import type { Metrics } from '../telemetry/Metrics';
import { detached } from '../text/detached';
import type { Allowlist } from './Allowlist';
import { accessUrl } from './accessUrl';
import { endpointRefusal, isOfEndpoint } from './endpointRefusal';

/** Headers that proved somebody, with the hash to look up. */
const MOST_REMEMBERED = 16_384;
/** Of an identity provider: three parts of base64url. */
const TOKEN = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i;
const BEARER = /^Bearer (mh_[A-Za-z0-9_-]{43})$/i;

/** Answers who may call what. Every route asks it, and nothing else decides. */
export class Gatekeeper {
  readonly #allowlist: Allowlist;
  readonly #metrics: Metrics;
  readonly #portalUrl: string;
  readonly #identities: OidcIdentities | undefined;
  readonly #now: () => Date;
  readonly #hashes = new Map<string, string>();

  constructor(options: {
    allowlist: Allowlist;
    metrics: Metrics;
    portalUrl: string;
    /** Of the organisation's identity providers, where tokens are taken. */
    identities?: OidcIdentities;
    now: () => Date;
  }) {
    this.#allowlist = options.allowlist;
    this.#metrics = options.metrics;
    this.#portalUrl = options.portalUrl;
    this.#identities = options.identities;
    this.#now = options.now;
  }

  /**
   * Waits only for a token of an identity provider that is not known yet.
   *
   * @param credential - as the `Authorization` header has it
   * @param wish - which of several access profiles a token is to stand for
   * @throws ApiError 503 without a valid snapshot or for a tier that needs a
   * newer one, 401, 403; or rejects with it
   */
  identify(
    credential: string | undefined,
    wish: RuleWish = {},
  ): Caller | Promise<Caller> {
    const token =
      this.#identities && credential?.includes('.')
        ? TOKEN.exec(credential)
        : undefined;
    if (!this.#identities || !token) {
      return this.#recognise(credential);
    }
    const index = this.#indexAt(this.#now());
    const key = this.#identities.recognise(token[1], wish, index);
    return key instanceof Promise
      ? key.then(found => this.#principal(found, credential))
      : this.#principal(key, credential);
  }

  /**
   * The same caller by the allowlist of this moment: it may have changed while
   * a body came in.
   *
   * @throws ApiError as {@link identify}
   */
  renew(caller: Caller): Caller {
    const now = this.#now();
    if (this.#allowlist.current(now) !== caller.index) {
      if (OidcIdentities.isPrincipal(caller.key)) {
        return this.#principal(caller.key, caller.credential);
      }
      return this.#recognise(caller.credential);
    }
    caller.now = now;
    return caller;
  }

  #recognise(credential: string | undefined): Caller {
    const now = this.#now();
    const index = this.#indexAt(now);
    return this.#callerOf(
      this.#keyOf(index, credential, now),
      index,
      now,
      credential,
    );
  }

  /** Somebody whose token was verified, by the allowlist of this moment. */
  #principal(key: SnapshotKey, credential: string | undefined): Caller {
    const now = this.#now();
    const index = this.#indexAt(now);
    checkProfile(key.profile, index);
    return this.#callerOf(key, index, now, credential);
  }

  /** @throws ApiError 503 without a valid snapshot */
  #indexAt(now: Date): AllowlistIndex {
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
    return index;
  }

  #callerOf(
    key: SnapshotKey | undefined,
    index: AllowlistIndex,
    now: Date,
    credential: string | undefined,
  ): Caller {
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
    this.#checkAge(index, key, now);
    const profile = index.profile(key.profile);
    // What runs at an endpoint was never in use before: nothing to observe.
    const mode = key.endpoint ? 'enforce' : profile?.enforcement ?? 'enforce';
    return { key, profile, mode, index, now, credential };
  }

  /** Hashing is most of the cost of a look-up, so hashes of good keys are kept. */
  #keyOf(
    index: AllowlistIndex,
    credential: string | undefined,
    now: Date,
  ): SnapshotKey | undefined {
    const known = this.#hashes.get(credential ?? '');
    if (known !== undefined) {
      return index.keyOfHash(known, now);
    }
    const secret = BEARER.exec(credential ?? '');
    if (!secret) {
      return undefined;
    }
    const hash = sha256Hex(secret[1]);
    const key = index.keyOfHash(hash, now);
    if (key) {
      if (this.#hashes.size >= MOST_REMEMBERED) {
        this.#hashes.clear();
      }
      this.#hashes.set(detached(secret[0]), hash);
    }
    return key;
  }

  /** @throws ApiError 503 when the tier of the key asks for newer news */
  #checkAge(index: AllowlistIndex, key: SnapshotKey, now: Date): void {
    const tier = index.tier(key.tier);
    if (tier === undefined || this.#allowlist.issuedAt === undefined) {
      return;
    }
    const seconds = (now.getTime() - this.#allowlist.issuedAt) / 1000;
    if (seconds > tier.maxAgeSeconds) {
      throw new ApiError(
        503,
        'snapshot_too_old',
        `What this gateway last heard from the control plane is ${Math.round(
          seconds,
        )} s old, and calls of tier '${key.tier}' need news of the last ${
          tier.maxAgeSeconds
        } s. It is waiting for the control plane.`,
        { headers: { 'retry-after': '5' } },
      );
    }
  }

  /** The gateway id that a model with or without version means. */
  idOf({ index }: Caller, model: string): string {
    return knownModel(index, model)?.gatewayId ?? model;
  }

  /** How old the news are that a caller is judged by, and how old they may be. */
  age({ key, index, now }: Caller) {
    const { held, issuedAt, notAfter } = this.#allowlist;
    return {
      snapshot: {
        epoch: held?.epoch,
        version: held?.version,
        age_seconds:
          issuedAt === undefined
            ? undefined
            : Math.max(0, Math.round((now.getTime() - issuedAt) / 1000)),
        max_age_seconds: index.tier(key.tier)?.maxAgeSeconds,
        not_after: notAfter?.toISOString(),
      },
    };
  }

  /** Whether the purpose of a key asks where calls are processed. */
  isBounded({ key, index }: Caller): boolean {
    const purpose = index.purpose(key.purpose);
    return (
      purpose !== undefined &&
      (purpose.regions !== undefined || purpose.maxRetentionDays !== undefined)
    );
  }

  /**
   * @param placement - what is known about the provider
   * @throws ApiError 403
   */
  admit(
    { key, mode, index, now }: Caller,
    model: string,
    placement?: Placement,
  ): Admission {
    const decision = decide(index, { key, model, now, placement });
    if (decision.allowed && key.endpoint) {
      return {
        gatewayId: decision.grant.gatewayId,
        grant: decision.grant,
        // An endpoint costs what its machine costs, not by the token.
        model: { ...decision.model, pricing: undefined },
        endpoint: key.endpoint.id,
      };
    }
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
      ? allowedModels(index, { now, key }).map(({ model }) => model)
      : [...index.models()];
  }

  #refusal(decision: RefusedDecision, known: SnapshotModel | undefined) {
    if (isOfEndpoint(decision)) {
      return endpointRefusal(decision);
    }
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
