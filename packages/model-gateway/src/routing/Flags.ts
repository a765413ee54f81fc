import {
  Client,
  InMemoryProvider,
  OpenFeature,
  Provider,
} from '@openfeature/server-sdk';
import { randomUUID } from 'node:crypto';
import type { FlagsConfig } from '../config';

/** Asks OpenFeature; every gateway of a process has a domain of its own. */
export class Flags {
  readonly #client: Client | undefined;
  readonly #placementFlag: string | undefined;

  private constructor(
    client: Client | undefined,
    placementFlag: string | undefined,
  ) {
    this.#client = client;
    this.#placementFlag = placementFlag;
  }

  /** @throws when the configured module cannot be loaded */
  static async create(config: FlagsConfig): Promise<Flags> {
    if (config.placementFlag === undefined) {
      return new Flags(undefined, undefined);
    }
    const domain = `modelhub-gateway-${randomUUID()}`;
    await OpenFeature.setProviderAndWait(domain, await providerOf(config));
    return new Flags(OpenFeature.getClient(domain), config.placementFlag);
  }

  /** Whether there is anything to ask. */
  get choosePlacement(): boolean {
    return this.#client !== undefined;
  }

  /** Where a call should run; nothing when the flag does not say. */
  async placement(context: {
    key: string;
    profile: string;
    tier: string;
    purpose: string;
    model: string;
  }): Promise<string | undefined> {
    if (!this.#client || this.#placementFlag === undefined) {
      return undefined;
    }
    const { key, ...attributes } = context;
    const value = await this.#client.getStringValue(this.#placementFlag, '', {
      targetingKey: key,
      ...attributes,
    });
    return value === '' ? undefined : value;
  }
}

async function providerOf(config: FlagsConfig): Promise<Provider> {
  if (config.module === undefined) {
    return new InMemoryProvider(
      config.flags as ConstructorParameters<typeof InMemoryProvider>[0],
    );
  }
  const loaded: unknown = await import(config.module);
  const make = (loaded as { default?: unknown }).default ?? loaded;
  if (typeof make !== 'function') {
    throw new Error(
      `flags.module '${config.module}' must export a function that makes an OpenFeature provider`,
    );
  }
  return make(config.options ?? {}) as Provider;
}
