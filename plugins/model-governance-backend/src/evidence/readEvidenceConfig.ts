import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Pipelines that a CI system vouches for. */
export interface TrustedPipeline {
  /** What its identity token has to say; `*` stands for any characters. */
  claims: Record<string, string>;
  /** Entity refs; `*` stands for any characters. */
  models: string[];
  gates: string[];
  /** Entity ref in whose name it submits. */
  owner: string;
}

/** A CI system whose identity tokens are believed. */
export interface TrustedIssuer {
  issuer: string;
  audience: string;
  /** By default what the issuer's OpenID configuration says. */
  jwksUri?: string;
  pipelines: TrustedPipeline[];
}

export interface EvidenceConfig {
  defaultDays: number;
  maxDays: number;
  /** Of this API, for tokens. */
  url: string;
  issuers: TrustedIssuer[];
}

const KEY = 'modelGovernance.evidence';
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function address(text: string, name: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new InputError(`${name} is '${text}'; expected an https URL.`);
  }
  const isLocal = url.protocol === 'http:' && LOOPBACK.includes(url.hostname);
  if (url.protocol !== 'https:' && !isLocal) {
    throw new InputError(
      `${name} is '${text}'; only https is believed, http on this machine alone.`,
    );
  }
  return text;
}

function readPipeline(config: Config, name: string): TrustedPipeline {
  const claims = Object.fromEntries(
    config
      .getConfig('claims')
      .keys()
      .map(claim => [claim, config.getString(`claims.${claim}`)]),
  );
  if (Object.keys(claims).length === 0) {
    throw new InputError(
      `${name}.claims is empty, which is every pipeline of that CI system. Name at least the repository.`,
    );
  }
  const owner = config.getString('owner');
  return {
    claims,
    models: config.getStringArray('models'),
    gates: config.getStringArray('gates'),
    owner: stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'Group',
        defaultNamespace: 'default',
      }),
    ),
  };
}

/** Reads `modelGovernance.evidence`; throws `InputError`. */
export function readEvidenceConfig(config: Config): EvidenceConfig {
  const days = (name: string, fallback: number, most: number) => {
    const value = config.getOptionalNumber(`${KEY}.tokens.${name}`) ?? fallback;
    if (!Number.isInteger(value) || value < 1 || value > most) {
      throw new InputError(
        `${KEY}.tokens.${name} is an integer from 1 to ${most}.`,
      );
    }
    return value;
  };
  const maxDays = days('maxDays', 180, 3650);
  const issuers = config.getOptionalConfigArray(`${KEY}.issuers`) ?? [];
  return {
    maxDays,
    defaultDays: days('defaultDays', Math.min(30, maxDays), maxDays),
    url:
      config.getOptionalString(`${KEY}.url`) ??
      `${config
        .getString('backend.baseUrl')
        .replace(/\/$/, '')}/api/model-governance`,
    issuers: issuers.map((one, place) => {
      const name = `${KEY}.issuers[${place}]`;
      const jwksUri = one.getOptionalString('jwksUri');
      return {
        issuer: address(one.getString('issuer'), `${name}.issuer`),
        audience: one.getString('audience'),
        jwksUri: jwksUri && address(jwksUri, `${name}.jwksUri`),
        pipelines: one
          .getConfigArray('pipelines')
          .map((pipeline, at) =>
            readPipeline(pipeline, `${name}.pipelines[${at}]`),
          ),
      };
    }),
  };
}

/** Whether a text is meant by a pattern with `*`. */
export function matchesPattern(pattern: string, text: string): boolean {
  const source = pattern
    .split('*')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 's').test(text);
}
