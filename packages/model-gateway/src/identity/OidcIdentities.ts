import {
  AllowlistIndex,
  SnapshotKey,
  sha256Hex,
} from '@modelhub/governance-protocol';
import {
  JWTPayload,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { ApiError } from '../http/ApiError';
import type { GatewayLogger } from '../telemetry/Logger';
import { IssuerKeys, IssuerTiming, KeysUnavailableError } from './IssuerKeys';
import type { OidcIssuerConfig, OidcRule } from './OidcConfig';
import { RuleWish, chooseRule } from './chooseRule';
import { groupsOf } from './groupsOf';
import { PrincipalKey, entityOf } from './principalOf';

/** Signatures only: with a shared secret, whoever checks can also sign. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
];

/** Access tokens (RFC 9068), and ID tokens or those of issuers that say nothing. */
const TYPES = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

const LONGEST_TOKEN = 16 * 1024;
const MOST_REMEMBERED = 10_000;
/** A key that the issuer withdrew is noticed after so long. */
const REMEMBERED_MS = 300_000;

interface Issuer {
  config: OidcIssuerConfig;
  keys: IssuerKeys;
}

/** Who a token that was verified stands for. */
interface Principal {
  id: string;
  entity: PrincipalKey['principal'];
  /** Those whose group the token names, in their order. */
  rules: readonly OidcRule[];
  /** Milliseconds since the epoch, the tolerance included. */
  expiresAt: number;
  /** Milliseconds since the epoch. */
  verifiedAt: number;
  /** What it calls as, made once. */
  keys: Map<OidcRule, PrincipalKey>;
}

/**
 * Recognises the organisation's own tokens. A caller becomes a key of the
 * access profile that a group of the token has.
 */
export class OidcIdentities {
  readonly #issuers: readonly Issuer[];
  readonly #now: () => Date;
  readonly #verified = new LRUCache<string, Principal>({
    max: MOST_REMEMBERED,
  });
  readonly #verifying = new Map<string, Promise<Principal>>();

  private constructor(issuers: readonly Issuer[], now: () => Date) {
    this.#issuers = issuers;
    this.#now = now;
  }

  /** @returns nothing where no issuer is configured */
  static create(options: {
    issuers: readonly OidcIssuerConfig[];
    logger: GatewayLogger;
    now: () => Date;
    timing?: IssuerTiming;
  }): OidcIdentities | undefined {
    const { issuers, logger, now, timing } = options;
    if (issuers.length === 0) {
      return undefined;
    }
    const warn = (issuer: string) => (reason: string) =>
      logger.warn('The keys of an issuer cannot be fetched', {
        issuer,
        reason,
      });
    return new OidcIdentities(
      issuers.map(config => ({
        config,
        keys: new IssuerKeys(config, warn(config.issuer), timing),
      })),
      now,
    );
  }

  /**
   * The caller's key, at once where the token was verified a moment ago.
   *
   * @throws ApiError 401, 403, or 503 where the issuer's keys cannot be had;
   * or rejects with it
   */
  recognise(
    token: string,
    wish: RuleWish,
    index: AllowlistIndex,
  ): SnapshotKey | Promise<SnapshotKey> {
    if (token.length > LONGEST_TOKEN) {
      throw refusal(`The token is longer than ${LONGEST_TOKEN} characters.`);
    }
    const name = createHash('sha256').update(token).digest('base64');
    const now = this.#now().getTime();
    const known = this.#verified.get(name);
    if (
      known &&
      known.expiresAt > now &&
      now >= known.verifiedAt &&
      now - known.verifiedAt < REMEMBERED_MS
    ) {
      return toKey(known, chooseRule(known.rules, wish, index));
    }
    let verifying = this.#verifying.get(name);
    if (!verifying) {
      verifying = this.#verify(token)
        .then(principal => {
          this.#verified.set(name, principal);
          return principal;
        })
        .finally(() => this.#verifying.delete(name));
      this.#verifying.set(name, verifying);
    }
    return verifying.then(principal =>
      toKey(principal, chooseRule(principal.rules, wish, index)),
    );
  }

  /** Whether a key stands for somebody with a token, and not for one of the allowlist. */
  static isPrincipal(key: SnapshotKey): boolean {
    return key.hash === '';
  }

  async #verify(token: string): Promise<Principal> {
    const issuer = this.#issuerOf(token);
    const { config, keys } = issuer;
    const now = this.#now();
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, keys.find, {
        algorithms: ALGORITHMS,
        issuer: config.issuer,
        audience: config.audience,
        clockTolerance: config.clockToleranceSeconds,
        currentDate: now,
        requiredClaims: ['iss', 'aud', 'exp', 'sub'],
      }));
    } catch (error) {
      if (error instanceof KeysUnavailableError) {
        throw new ApiError(
          503,
          'identity_unavailable',
          'The tokens of your identity provider cannot be checked at the moment, because its keys cannot be fetched. Try again shortly, or use a key of the gateway.',
          { headers: { 'retry-after': '5' } },
        );
      }
      throw refusal(reasonOf(error));
    }
    if (typeof payload.sub !== 'string' || payload.sub === '') {
      throw refusal("Its claim 'sub' is missing or not as it must be.");
    }
    checkParty(payload, config);
    const entity = entityOf(payload, config.principal);
    return {
      id: `oidc:${sha256Hex(`${payload.iss}\n${payload.sub}`).slice(0, 40)}`,
      entity:
        entity === undefined
          ? undefined
          : { entityRef: entity, issuer: config.issuer },
      rules: rulesOf(payload, config),
      expiresAt: (payload.exp! + config.clockToleranceSeconds) * 1000,
      verifiedAt: now.getTime(),
      keys: new Map(),
    };
  }

  /** By what the token says of itself; nothing is believed yet. */
  #issuerOf(token: string): Issuer {
    let claims: JWTPayload;
    let type: unknown;
    try {
      claims = decodeJwt(token);
      type = decodeProtectedHeader(token).typ;
    } catch {
      throw refusal(
        "It is neither a key of this gateway ('mh_…') nor a signed token.",
      );
    }
    if (
      type !== undefined &&
      !(typeof type === 'string' && TYPES.has(type.toLowerCase()))
    ) {
      throw refusal('Tokens of its type are not for calling.');
    }
    const ofIssuer = this.#issuers.filter(
      ({ config }) => config.issuer === claims.iss,
    );
    const audiences = [claims.aud ?? []].flat();
    const found =
      ofIssuer.find(({ config }) => audiences.includes(config.audience)) ??
      ofIssuer[0];
    if (!found) {
      throw refusal('Its issuer is not one whose tokens this gateway takes.');
    }
    return found;
  }
}

function rulesOf(payload: JWTPayload, config: OidcIssuerConfig): OidcRule[] {
  const groups = groupsOf(payload, config.groupsClaim);
  if (groups === 'elsewhere') {
    throw new ApiError(
      403,
      'groups_not_in_token',
      `The token leaves out its groups because they are too many. Have the identity provider put only those of this application into '${config.groupsClaim}'.`,
      { type: 'permission_error' },
    );
  }
  const own = new Set(groups);
  return config.rules.filter(({ group }) => own.has(group));
}

/**
 * For whom a token was made, when it is not only for this gateway.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 */
function checkParty(payload: JWTPayload, config: OidcIssuerConfig): void {
  const party = payload.azp ?? payload.client_id;
  if (
    party === undefined &&
    Array.isArray(payload.aud) &&
    payload.aud.length > 1
  ) {
    throw refusal(
      "It is for several audiences and does not say which client it was made for ('azp').",
    );
  }
  const { authorizedParties } = config;
  if (
    authorizedParties &&
    !(typeof party === 'string' && authorizedParties.includes(party))
  ) {
    throw refusal('It was made for a client whose tokens are not taken.');
  }
  if (payload.cnf !== undefined) {
    throw refusal(
      "It is bound to a key ('cnf'), and such a binding is not checked here.",
    );
  }
}

/** Like a key of the allowlist, but no secret has its hash. */
function toKey(
  { id, entity, expiresAt, keys }: Principal,
  rule: OidcRule,
): PrincipalKey {
  let key = keys.get(rule);
  if (!key) {
    key = {
      id,
      hash: '',
      profile: rule.profile,
      purpose: rule.purpose,
      tier: rule.tier,
      expiresAt: new Date(expiresAt).toISOString(),
      ...(rule.team !== undefined && { team: rule.team }),
      ...(entity && { principal: entity }),
    };
    keys.set(rule, key);
  }
  return key;
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) {
    return 'It has expired.';
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `Its claim '${error.claim}' is missing or not as it must be.`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return 'It is signed with an algorithm that is not taken.';
  }
  return 'Its signature is not of a key of its issuer.';
}

function refusal(reason: string): ApiError {
  return new ApiError(
    401,
    'invalid_token',
    `The token was refused. ${reason}`,
    {
      type: 'authentication_error',
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    },
  );
}
