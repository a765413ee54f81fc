import { createHmac, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../../http/ApiError';
import type { Provider } from '../../upstream/Providers';

/** What the id of a file or batch carries, so that every gateway can serve it. */
export interface SealedId {
  /** Name of the provider that has it. */
  provider: string;
  /** Profile of the key that made it. */
  profile: string;
  /** The provider's own id. */
  id: string;
  /** Gateway ids, aliases or versions that its lines call. */
  models: string[];
}

const PATTERN = /^(?:file|batch)-mh\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/;

/**
 * Ids of files and batches as callers see them: the provider's id with what the
 * gateway must know about it, sealed, so that nobody can make one up.
 */
export class SealedIds {
  readonly #secret: string | undefined;

  /** @param secret - of all gateways; without it, that of the provider */
  constructor(secret: string | undefined) {
    this.#secret = secret;
  }

  /** @throws ApiError 503 when there is nothing to seal with */
  seal(
    kind: 'file' | 'batch',
    provider: Provider,
    what: Omit<SealedId, 'provider'>,
  ): string {
    const { profile, id, models } = what;
    const payload = Buffer.from(
      JSON.stringify([provider.name, profile, id, models]),
    ).toString('base64url');
    return `${kind}-mh.${payload}.${this.#mac(provider, payload)}`;
  }

  /**
   * @param providerOf - finds a provider by its name
   * @returns nothing for an id that was not sealed here or for another profile
   */
  open(
    text: string,
    profile: string,
    providerOf: (name: string) => Provider | undefined,
  ): (SealedId & { from: Provider }) | undefined {
    const [, payload, mac] = PATTERN.exec(text) ?? [];
    if (!payload) {
      return undefined;
    }
    const sealed = read(payload);
    const from = sealed && providerOf(sealed.provider);
    if (!sealed || !from || sealed.profile !== profile) {
      return undefined;
    }
    const expected = Buffer.from(this.#mac(from, payload));
    return timingSafeEqual(expected, Buffer.from(mac))
      ? { ...sealed, from }
      : undefined;
  }

  #mac(provider: Provider, payload: string): string {
    const secret = this.#secret ?? provider.apiKey;
    if (secret === undefined) {
      throw new ApiError(
        503,
        'batches_not_configured',
        `Provider '${provider.name}' has no key, so the ids of its files cannot be sealed. Whoever runs the gateway must set batches.secretEnv.`,
      );
    }
    return createHmac('sha256', `modelhub-gateway file ids ${secret}`)
      .update(payload)
      .digest('base64url');
  }
}

function read(payload: string): SealedId | undefined {
  try {
    const [provider, profile, id, models] = JSON.parse(
      Buffer.from(payload, 'base64url').toString(),
    );
    return { provider, profile, id, models };
  } catch {
    return undefined;
  }
}
