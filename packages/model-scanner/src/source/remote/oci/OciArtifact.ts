import type { Access } from '../../AccessRules';
import {
  ArtifactError,
  type ArtifactFile,
  type ArtifactSource,
} from '../../ArtifactSource';
import type { RegistryLogin, Settings } from '../../OpenOptions';
import type { HttpClient } from '../HttpClient';
import { throwIfRefused } from '../httpFile';
import { openHttpFile } from '../openHttpFile';
import { remarksOn } from '../remarks';
import {
  EMPTY_JSON,
  MANIFEST_TYPES,
  pathOf,
  readManifest,
  type Descriptor,
  type Manifest,
} from './manifest';
import { RegistryAuth } from './RegistryAuth';
import { parseOciUri, type OciUri } from './uri';

/** Indexes within indexes. */
const MOST_LEVELS = 3;
/** Manifests of one artifact: platforms, signatures. */
const MOST_MANIFESTS = 256;

/**
 * What a registry holds under a name, by the OCI distribution API: images, and
 * models as ModelPack (CNAI), KitOps and ORAS push them. Every manifest of an
 * index is read, for nobody knows which will be pulled.
 */
export class OciArtifact implements ArtifactSource {
  readonly uri: string;
  readonly leftOut: string[] = [];
  readonly #at: OciUri;
  readonly #origin: URL;
  readonly #client: HttpClient;
  readonly #auth: RegistryAuth;
  readonly #settings: Settings;
  readonly #referrersOf: string | undefined;
  #digest: string | undefined;

  /** @throws ArtifactError when the URI is none */
  constructor(
    uri: string,
    options: {
      access: Access;
      client: HttpClient;
      settings: Settings;
      login?: (host: string) => RegistryLogin | undefined;
      /** Not the artifact, but what was attached to this manifest of it. */
      referrersOf?: string;
    },
  ) {
    this.uri = uri;
    this.#at = parseOciUri(uri);
    const { registry } = this.#at;
    const protocol = options.access.mayBePlain(registry) ? 'http' : 'https';
    this.#origin = new URL(`${protocol}://${registry}`);
    this.#client = options.client;
    this.#settings = options.settings;
    this.#referrersOf = options.referrersOf;
    this.#auth = new RegistryAuth({
      client: options.client,
      origin: this.#origin,
      login: options.login?.(registry),
    });
  }

  get digest(): string | undefined {
    return this.#digest;
  }

  get pinnedUri(): string {
    const { registry, repository } = this.#at;
    return this.#digest
      ? `oci://${registry}/${repository}@${this.#digest}`
      : this.uri;
  }

  async *list(
    options: { signal?: AbortSignal } = {},
  ): AsyncIterable<ArtifactFile> {
    const top = this.#referrersOf
      ? await this.#referrers(this.#referrersOf, options.signal)
      : await this.#manifest(this.#at.reference, options.signal);
    this.#digest = top.digest;
    const seen = new Set([top.digest]);
    const paths = new Set<string>();
    yield* this.#filesOf(top, {
      prefix: '',
      level: 0,
      seen,
      paths,
      ...options,
    });
  }

  addressOf(path: string): string {
    return `${this.pinnedUri}/${path}`;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async *#filesOf(
    manifest: Manifest,
    around: {
      prefix: string;
      level: number;
      seen: Set<string>;
      paths: Set<string>;
      signal?: AbortSignal;
    },
  ): AsyncIterable<ArtifactFile> {
    const { prefix, level, seen, paths, signal } = around;
    const { config, blobs, manifests } = manifest;
    if (config && config.digest !== EMPTY_JSON) {
      yield this.#file(`${prefix}oci-config.json`, config, paths);
    }
    for (const blob of blobs) {
      if (paths.size >= this.#settings.maxFiles) {
        throw new ArtifactError(
          'too-large',
          `${this.uri} holds more than ${this.#settings.maxFiles} files`,
        );
      }
      yield this.#file(prefix + pathOf(blob), blob, paths);
    }
    if (manifests.length === 0) return;
    if (level >= MOST_LEVELS) {
      throw new ArtifactError(
        'too-large',
        `${this.uri} has more than ${MOST_LEVELS} indexes within each other`,
      );
    }
    for (const { digest } of manifests) {
      if (seen.has(digest)) continue;
      seen.add(digest);
      if (seen.size > MOST_MANIFESTS) {
        throw new ArtifactError(
          'too-large',
          `${this.uri} has more than ${MOST_MANIFESTS} manifests; scan one by its digest`,
        );
      }
      yield* this.#filesOf(await this.#manifest(digest, signal), {
        ...around,
        prefix: `${prefix}${digest.slice('sha256:'.length, 19)}/`,
        level: level + 1,
      });
    }
  }

  #file(
    told: string,
    { digest, size, mediaType, annotations }: Descriptor,
    paths: Set<string>,
  ): ArtifactFile {
    const path = paths.has(told) ? `${told}#${digest}` : told;
    paths.add(path);
    return {
      path,
      sizeBytes: size,
      sha256: digest.slice('sha256:'.length),
      remarks: remarksOn(told),
      mediaType,
      ...(annotations && { annotations }),
      open: ({ signal } = {}) =>
        openHttpFile(this.#client, {
          name: path,
          url: this.#url('blobs', digest),
          headers: async () => this.#auth.headers,
          renew: () => this.#auth.renew(),
          sizeBytes: size,
          ...this.#settings,
          signal,
        }),
    };
  }

  /** An index of what refers to a manifest; in older registries it is under a tag. */
  async #referrers(
    digest: string,
    signal: AbortSignal | undefined,
  ): Promise<Manifest> {
    try {
      return await this.#manifest(digest, signal, 'referrers');
    } catch (error) {
      if (!(error instanceof ArtifactError && error.reason === 'not-found')) {
        throw error;
      }
      return this.#manifest(digest.replace(':', '-'), signal);
    }
  }

  async #manifest(
    reference: string,
    signal: AbortSignal | undefined,
    kind: 'manifests' | 'referrers' = 'manifests',
  ): Promise<Manifest> {
    const name = `${this.#at.repository} in ${this.#origin.host}`;
    const url = this.#url(kind, reference);
    const get = () =>
      this.#client.getWhole(url, {
        headers: { accept: MANIFEST_TYPES, ...this.#auth.headers },
        signal,
      });
    let { response, body } = await get();
    if (
      response.status === 401 &&
      (await this.#auth.answer(response.headers['www-authenticate']))
    ) {
      ({ response, body } = await get());
    }
    throwIfRefused(response, name);
    const told = response.headers['docker-content-digest'];
    return readManifest(body, {
      name,
      expected:
        kind === 'referrers'
          ? undefined
          : [reference, told].find(it => it?.startsWith('sha256:')),
    });
  }

  #url(kind: 'manifests' | 'blobs' | 'referrers', reference: string): URL {
    return new URL(
      `/v2/${this.#at.repository}/${kind}/${reference}`,
      this.#origin,
    );
  }
}
