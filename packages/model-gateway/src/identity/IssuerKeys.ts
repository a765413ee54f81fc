import {
  JWKSCacheInput,
  JWTVerifyGetKey,
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwksCache,
} from 'jose';
import type { OidcIssuerConfig } from './OidcConfig';

const DISCOVERY_PATH = '/.well-known/openid-configuration';

/** How patient the gateway is with an issuer, in milliseconds. */
export interface IssuerTiming {
  /** For an answer. */
  timeoutMs: number;
  /** After which keys are fetched again. */
  freshMs: number;
  /** Between two attempts, whatever callers send. */
  cooldownMs: number;
}

/** Measures of the `jose` library, apart from the timeout. */
export const ISSUER_TIMING: IssuerTiming = {
  timeoutMs: 3_000,
  freshMs: 600_000,
  cooldownMs: 30_000,
};

/** The issuer's keys cannot be had; nothing that it signed can be judged. */
export class KeysUnavailableError extends Error {}

/**
 * The keys of one issuer. While it cannot be reached, the last good keys are
 * used until they are too old.
 */
export class IssuerKeys {
  readonly #config: OidcIssuerConfig;
  readonly #timing: IssuerTiming;
  readonly #onFailure: (reason: string) => void;
  readonly #cache: JWKSCacheInput = {};
  #remote: JWTVerifyGetKey | undefined;
  #opening: Promise<JWTVerifyGetKey> | undefined;
  #failedAt = -Infinity;

  /** @param onFailure - hears of each attempt that brought no keys */
  constructor(
    config: OidcIssuerConfig,
    onFailure: (reason: string) => void,
    timing: IssuerTiming = ISSUER_TIMING,
  ) {
    this.#config = config;
    this.#onFailure = onFailure;
    this.#timing = timing;
  }

  /**
   * The key that signed a token, for `jwtVerify`.
   *
   * @throws KeysUnavailableError; errors of `jose` when the issuer has no such key
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (Date.now() - this.#failedAt < this.#timing.cooldownMs) {
      return this.#lastGood()(header, token);
    }
    try {
      const remote = await this.#open();
      return await remote(header, token);
    } catch (error) {
      if (isAboutTheToken(error)) {
        throw error;
      }
      this.#failedAt = Date.now();
      this.#onFailure(reasonOf(error));
      return this.#lastGood()(header, token);
    }
  };

  #lastGood(): JWTVerifyGetKey {
    const cache = this.#cache;
    if (
      'uat' in cache &&
      cache.uat !== undefined &&
      cache.jwks !== undefined &&
      Date.now() - cache.uat < this.#config.maxKeyAgeSeconds * 1000
    ) {
      return createLocalJWKSet(cache.jwks);
    }
    throw new KeysUnavailableError(
      `The keys of '${this.#config.issuer}' cannot be fetched`,
    );
  }

  async #open(): Promise<JWTVerifyGetKey> {
    if (this.#remote) {
      return this.#remote;
    }
    this.#opening ??= this.#create().finally(() => {
      this.#opening = undefined;
    });
    this.#remote = await this.#opening;
    return this.#remote;
  }

  async #create(): Promise<JWTVerifyGetKey> {
    const uri = this.#config.jwksUri ?? (await this.#discover());
    return createRemoteJWKSet(new URL(uri), {
      timeoutDuration: this.#timing.timeoutMs,
      cacheMaxAge: this.#timing.freshMs,
      cooldownDuration: this.#timing.cooldownMs,
      [jwksCache]: this.#cache,
    });
  }

  /** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig */
  async #discover(): Promise<string> {
    const { issuer } = this.#config;
    const address = issuer.replace(/\/$/, '') + DISCOVERY_PATH;
    const answer = await fetch(address, {
      redirect: 'error',
      signal: AbortSignal.timeout(this.#timing.timeoutMs),
    });
    if (!answer.ok) {
      throw new Error(`${address} was answered ${answer.status}`);
    }
    const document = (await answer.json()) as {
      issuer?: unknown;
      jwks_uri?: unknown;
    };
    if (document.issuer !== issuer) {
      throw new Error(
        `${address} is of another issuer: '${String(document.issuer)}'`,
      );
    }
    const uri = document.jwks_uri;
    if (typeof uri !== 'string' || !isAsSafe(uri, issuer)) {
      throw new Error(`${address} names no jwks_uri that is https`);
    }
    return uri;
  }
}

function isAsSafe(uri: string, issuer: string): boolean {
  return (
    URL.canParse(uri) &&
    (uri.startsWith('https://') ||
      new URL(uri).hostname === new URL(issuer).hostname)
  );
}

function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
