import {
  AuthenticationError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import {
  createRemoteJWKSet,
  decodeJwt,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import {
  matchesPattern,
  type TrustedIssuer,
  type TrustedPipeline,
} from './readEvidenceConfig';

/** Asymmetric only: a shared secret would be known to whoever can verify. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'ES256',
  'ES384',
  'EdDSA',
];
const PATIENCE_MS = 5000;

/** A pipeline whose CI system vouched for it. */
export interface CiIdentity {
  issuer: string;
  /** Claims that people recognise it by. */
  claims: Record<string, string>;
  /** ISO 8601: when the identity token ends. */
  expiresAt: string;
  pipelines: TrustedPipeline[];
}

/** What is kept of an identity token: where it ran, never the token. */
const TOLD = [
  'sub',
  'repository',
  'ref',
  'sha',
  'workflow_ref',
  'run_id',
  'run_attempt',
  'actor',
  'project_path',
  'pipeline_id',
  'job_id',
  'user_login',
];

/** Recognises pipelines by the identity tokens of GitHub Actions, GitLab and others. */
export class CiIdentities {
  static create(options: {
    issuers: TrustedIssuer[];
    clock: Clock;
    logger: LoggerService;
  }): CiIdentities {
    return new CiIdentities(options);
  }

  readonly #issuers: Map<string, TrustedIssuer>;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #keys = new Map<string, Promise<JWTVerifyGetKey>>();

  private constructor(options: Parameters<typeof CiIdentities.create>[0]) {
    this.#issuers = new Map(options.issuers.map(it => [it.issuer, it]));
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  /** @throws AuthenticationError, ServiceUnavailableError when the issuer's keys are out of reach */
  async verify(idToken: string): Promise<CiIdentity> {
    const issuer = this.#issuerOf(idToken);
    const keys = await this.#keysOf(issuer);
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(idToken, keys, {
        issuer: issuer.issuer,
        audience: issuer.audience,
        algorithms: ALGORITHMS,
        currentDate: this.#clock.now(),
        clockTolerance: 30,
        requiredClaims: ['iat', 'exp'],
      }));
    } catch (error) {
      throw this.#refusal(error, issuer);
    }
    const claims = Object.fromEntries(
      Object.entries(payload).flatMap(([name, value]) =>
        ['string', 'number', 'boolean'].includes(typeof value)
          ? [[name, String(value)]]
          : [],
      ),
    );
    const pipelines = issuer.pipelines.filter(pipeline =>
      Object.entries(pipeline.claims).every(
        ([name, pattern]) =>
          claims[name] !== undefined && matchesPattern(pattern, claims[name]),
      ),
    );
    if (pipelines.length === 0) {
      throw new AuthenticationError(
        `No pipeline of modelGovernance.evidence.issuers is this one: ${
          claims.repository ?? claims.project_path ?? claims.sub
        }${
          claims.ref ? ` at ${claims.ref}` : ''
        }. Ask the team that runs the model hub to add it.`,
      );
    }
    return {
      issuer: issuer.issuer,
      claims: {
        iss: issuer.issuer,
        ...Object.fromEntries(
          TOLD.flatMap(name =>
            claims[name] === undefined ? [] : [[name, claims[name]]],
          ),
        ),
      },
      expiresAt: new Date(payload.exp! * 1000).toISOString(),
      pipelines,
    };
  }

  #issuerOf(idToken: string): TrustedIssuer {
    let iss: string | undefined;
    try {
      ({ iss } = decodeJwt(idToken));
    } catch {
      throw new AuthenticationError(
        'idToken is no JWT. Send the identity token that the CI system gave to this job.',
      );
    }
    const issuer = iss === undefined ? undefined : this.#issuers.get(iss);
    if (!issuer) {
      throw new AuthenticationError(
        this.#issuers.size === 0
          ? 'No CI system is trusted here. Use an evidence token, or add modelGovernance.evidence.issuers.'
          : `The CI system ${iss} is not trusted here. Trusted: ${[
              ...this.#issuers.keys(),
            ].join(', ')}.`,
      );
    }
    return issuer;
  }

  #keysOf(issuer: TrustedIssuer): Promise<JWTVerifyGetKey> {
    const known = this.#keys.get(issuer.issuer);
    if (known) return known;
    const found = this.#discover(issuer);
    this.#keys.set(issuer.issuer, found);
    // Out of reach now is not out of reach for ever.
    found.catch(() => this.#keys.delete(issuer.issuer));
    return found;
  }

  async #discover({ issuer, jwksUri }: TrustedIssuer) {
    const uri = jwksUri ?? (await this.#jwksUriOf(issuer));
    return createRemoteJWKSet(new URL(uri), { timeoutDuration: PATIENCE_MS });
  }

  async #jwksUriOf(issuer: string): Promise<string> {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    try {
      const answer = await fetch(url, {
        signal: AbortSignal.timeout(PATIENCE_MS),
        redirect: 'error',
      });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const found = (await answer.json()) as Record<string, unknown>;
      if (found.issuer !== issuer || typeof found.jwks_uri !== 'string') {
        throw new Error('it is the configuration of another issuer');
      }
      // Keys come by the way that the operator trusts, not by a weaker one.
      if (issuer.startsWith('https:') && !found.jwks_uri.startsWith('https:')) {
        throw new Error('its keys are not served over https');
      }
      return found.jwks_uri;
    } catch (error) {
      this.#logger.warn(
        `The keys of ${issuer} cannot be found`,
        error as Error,
      );
      throw new ServiceUnavailableError(
        `The keys of ${issuer} are out of reach at the moment; ${url} gave no answer that counts. Try again.`,
      );
    }
  }

  #refusal(error: unknown, { issuer, audience }: TrustedIssuer): Error {
    if (error instanceof errors.JWTExpired) {
      return new AuthenticationError(
        'The identity token has ended. Ask the CI system for a new one right before the upload.',
      );
    }
    if (
      error instanceof errors.JWTClaimValidationFailed &&
      error.claim === 'aud'
    ) {
      return new AuthenticationError(
        `The identity token is for another audience. Ask for one with audience '${audience}'.`,
      );
    }
    if (
      error instanceof errors.JWKSTimeout ||
      (error instanceof errors.JOSEError &&
        error.code === 'ERR_JOSE_GENERIC') ||
      !(error instanceof errors.JOSEError)
    ) {
      this.#logger.warn(`The keys of ${issuer} cannot be read`, error as Error);
      return new ServiceUnavailableError(
        `The keys of ${issuer} are out of reach at the moment. Try again.`,
      );
    }
    return new AuthenticationError(
      `The identity token is refused: ${error.message}.`,
    );
  }
}
