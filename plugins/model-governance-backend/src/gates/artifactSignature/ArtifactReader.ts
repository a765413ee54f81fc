import type { ModelArtifact } from '@modelhub/backstage-plugin-models-common';
import {
  ArtifactError,
  openArtifact,
  openOciReferrers,
  type ArtifactFile,
  type ArtifactSource,
  type OpenArtifactOptions,
} from '@modelhub/scanner';
import { createHash } from 'node:crypto';
import { AddressError, addressOf } from '../artifactScan/addressOf';
import type { ArtifactConfig } from '../artifactScan';
import { cosignBundle } from './cosign';
import type { OtherDigests } from './compareFiles';
import { isOther, type FoundFile } from './compareFiles';
import type { SignedResource } from './manifest';

/** A signature as it was found. */
export interface FoundSignature {
  format: 'openssf-model-signing' | 'cosign';
  /** The file, or where in the registry. */
  from: string;
  /** Path of the file within the artifact, which needs no signature itself. */
  path?: string;
  /** A Sigstore bundle. */
  text: string;
  /** What a signature over a message is about. */
  message?: Buffer;
}

/** Lists of files of large models in parts are long. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_SIGNATURES = 20;

const SIGNATURE_FILE = 'model.sig';
const SIMPLE_SIGNING = 'application/vnd.dev.cosign.simplesigning.v1+json';
const BUNDLE = /^application\/vnd\.dev\.sigstore\.bundle/;

/** Algorithms of model_signing as Node calls them; SHA-256 comes from the scan too. */
const ALGORITHMS: Record<string, string> = {
  sha256: 'sha256',
  blake2b: 'blake2b512',
};

const isNotFound = (error: unknown) =>
  error instanceof ArtifactError && error.reason === 'not-found';

/** The address of an artifact in a registry without its tag and digest. */
function repositoryOf(uri: string): string {
  const tagged = uri.replace(/@sha256:[0-9a-f]{64}$/i, '');
  const colon = tagged.lastIndexOf(':');
  // A port is no tag.
  return colon > tagged.lastIndexOf('/') ? tagged.slice(0, colon) : tagged;
}

async function contentOf(
  file: ArtifactFile,
  signal: AbortSignal,
): Promise<Buffer> {
  const source = await file.open({ signal });
  try {
    if (source.size > MOST_BYTES) {
      throw new ArtifactError(
        'too-large',
        `${file.path} has ${source.size} bytes; a signature has ${MOST_BYTES} at most`,
      );
    }
    return await source.read(0, source.size);
  } finally {
    await source.close();
  }
}

/** Reads signatures, and what is left to hash, by the rules of the artifact scan. */
export class ArtifactReader {
  static create(config: ArtifactConfig): ArtifactReader {
    return new ArtifactReader(config);
  }

  readonly #config: ArtifactConfig;

  private constructor(config: ArtifactConfig) {
    this.#config = config;
  }

  /**
   * Signatures of an artifact, none where there are none.
   *
   * @throws AddressError, ArtifactError
   */
  async signatures(
    artifact: ModelArtifact,
    known: { digest?: string; files: FoundFile[] },
    signal: AbortSignal,
  ): Promise<FoundSignature[]> {
    if (/^oci:/i.test(artifact.uri)) {
      return known.digest ? this.#oci(artifact.uri, known.digest, signal) : [];
    }
    const inside = known.files.some(({ path }) => path === SIGNATURE_FILE);
    if (inside) {
      const [found] = await this.#files(
        artifact,
        artifact.uri,
        ({ path }) => path === SIGNATURE_FILE,
        signal,
      );
      return found
        ? [{ ...found, format: 'openssf-model-signing', path: SIGNATURE_FILE }]
        : [];
    }
    return known.files.length === 1 ? this.#beside(artifact, signal) : [];
  }

  /** Beside a model that is one file. */
  async #beside(
    artifact: ModelArtifact,
    signal: AbortSignal,
  ): Promise<FoundSignature[]> {
    const { uri } = artifact;
    const candidates = [
      `${uri}.sig`,
      uri.replace(/[^/]+$/, SIGNATURE_FILE),
    ].filter(it => it !== uri);
    for (const candidate of candidates) {
      try {
        const [found] = await this.#files(
          artifact,
          candidate,
          () => true,
          signal,
        );
        if (found) return [{ ...found, format: 'openssf-model-signing' }];
      } catch (error) {
        if (!isNotFound(error) && !(error instanceof AddressError)) throw error;
      }
    }
    return [];
  }

  async #files(
    artifact: ModelArtifact,
    uri: string,
    isMeant: (file: ArtifactFile) => boolean,
    signal: AbortSignal,
  ): Promise<Array<{ from: string; text: string }>> {
    const source = await this.#open(artifact, uri);
    try {
      for await (const file of source.list({ signal })) {
        if (!isMeant(file)) continue;
        const text = (await contentOf(file, signal)).toString('utf8');
        return [{ from: file.path, text }];
      }
      return [];
    } finally {
      await source.close();
    }
  }

  /** What cosign leaves in a registry: under a tag, or as bundles that refer. */
  async #oci(
    uri: string,
    digest: string,
    signal: AbortSignal,
  ): Promise<FoundSignature[]> {
    const repository = repositoryOf(uri);
    const tag = `${digest.replace(':', '-')}.sig`;
    const found: FoundSignature[] = [];
    const take = async (
      source: ArtifactSource,
      read: (file: ArtifactFile) => Promise<FoundSignature | undefined>,
    ) => {
      try {
        for await (const file of source.list({ signal })) {
          const signature = await read(file);
          if (signature) found.push(signature);
          if (found.length >= MOST_SIGNATURES) return;
        }
      } catch (error) {
        if (!isNotFound(error)) throw error;
      } finally {
        await source.close();
      }
    };
    const options = this.#options();
    await take(
      await openArtifact(`${repository}:${tag}`, options),
      async file => {
        if (file.mediaType !== SIMPLE_SIGNING) return undefined;
        const message = await contentOf(file, signal);
        return {
          format: 'cosign',
          from: tag,
          message,
          text: cosignBundle(message, file.annotations ?? {}),
        };
      },
    );
    await take(openOciReferrers(repository, digest, options), async file => {
      if (!BUNDLE.test(file.mediaType ?? '')) return undefined;
      const text = (await contentOf(file, signal)).toString('utf8');
      return { format: 'cosign', from: `sha256:${file.sha256}`, text };
    });
    return found;
  }

  /**
   * Digests that the scan does not have: of parts of files, and by other
   * algorithms. Undefined for those that nobody can compute here.
   *
   * @throws ArtifactError when the files are not those of the scan
   */
  async others(
    artifact: ModelArtifact,
    resources: SignedResource[],
    found: FoundFile[],
    signal: AbortSignal,
  ): Promise<OtherDigests> {
    const wanted = new Map<string, SignedResource[]>();
    for (const resource of resources.filter(isOther)) {
      const path =
        resource.path === '.' && found.length === 1
          ? found[0].path
          : resource.path;
      wanted.set(path, [...(wanted.get(path) ?? []), resource]);
    }
    const digests: OtherDigests = new Map();
    if (wanted.size === 0) return digests;
    const shaOf = new Map(found.map(({ path, sha256 }) => [path, sha256]));
    const source = await this.#open(artifact, artifact.uri);
    try {
      for await (const file of source.list({ signal })) {
        const parts = wanted.get(file.path);
        if (!parts) continue;
        const whole = await hashParts(file, parts, digests, signal);
        if (whole !== shaOf.get(file.path)) {
          throw new ArtifactError(
            'changed',
            `${file.path} is not the file that was scanned`,
          );
        }
      }
    } finally {
      await source.close();
    }
    return digests;
  }

  async #open(artifact: ModelArtifact, uri: string): Promise<ArtifactSource> {
    const address = await addressOf(uri, this.#config.folder);
    return openArtifact(address, {
      ...this.#options(),
      revision: artifact.revision,
    });
  }

  #options(): OpenArtifactOptions {
    const { access, env, logins } = this.#config;
    return { access, env, registryLogin: host => logins[host] };
  }
}

/** Hashes parts of a file in one pass; returns the SHA-256 of the whole. */
async function hashParts(
  file: ArtifactFile,
  parts: SignedResource[],
  digests: OtherDigests,
  signal: AbortSignal,
): Promise<string> {
  const source = await file.open({ signal });
  const known = parts.flatMap(part => {
    const name = ALGORITHMS[part.algorithm];
    const { start = 0, end = source.size } = part;
    return name && end <= source.size
      ? [{ part, start, end, hash: createHash(name) }]
      : [];
  });
  const last = Math.max(...known.map(({ end }) => end), 0);
  const whole = createHash('sha256');
  let at = 0;
  try {
    for await (const chunk of source.stream()) {
      signal.throwIfAborted();
      whole.update(chunk);
      for (const { start, end, hash } of known) {
        const from = Math.max(start - at, 0);
        const to = Math.min(end - at, chunk.length);
        if (from < to) hash.update(chunk.subarray(from, to));
      }
      at += chunk.length;
    }
  } finally {
    await source.close();
  }
  for (const { part, hash } of known) {
    // Parts that end before the file does leave something unsigned.
    digests.set(part, last === at ? hash.digest('hex') : undefined);
  }
  return whole.digest('hex');
}
