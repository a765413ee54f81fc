import { createHash } from 'node:crypto';
import { ArtifactError } from '../../ArtifactSource';

/** Part of a manifest: something with a digest. */
export interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
  annotations?: Record<string, string>;
  artifactType?: string;
}

/** A manifest that lists blobs, or an index that lists manifests. */
export interface Manifest {
  digest: string;
  mediaType: string;
  manifests: Descriptor[];
  config?: Descriptor;
  blobs: Descriptor[];
}

/** What is accepted where a manifest is asked for. */
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.artifact.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
].join(', ');

/** `{}`, which stands where a config has to be and none is. */
export const EMPTY_JSON =
  'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';

/**
 * Reads a manifest.
 *
 * @throws ArtifactError when it is none, or not the one that was asked for
 */
export function readManifest(
  body: Buffer,
  { expected, name }: { expected: string | undefined; name: string },
): Manifest {
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  if (expected !== undefined && expected !== digest) {
    throw new ArtifactError(
      'changed',
      `The manifest of ${name} has the digest ${digest} and not ${expected}`,
    );
  }
  let parsed: Record<string, unknown>;
  try {
    parsed = JSON.parse(body.toString('utf8')) ?? {};
  } catch {
    throw new ArtifactError('unsupported', `${name} has a broken manifest`);
  }
  const { schemaVersion, mediaType, manifests, config, layers, blobs } = parsed;
  const isKnown =
    (schemaVersion === 2 || blobs !== undefined) &&
    [manifests, layers, blobs].some(Array.isArray);
  if (!isKnown) {
    throw new ArtifactError(
      'unsupported',
      `${name} has a manifest that is neither OCI's nor Docker's second; copy it to a current registry`,
    );
  }
  return {
    digest,
    mediaType: typeof mediaType === 'string' ? mediaType : '',
    manifests: descriptors(manifests, name),
    ...(config !== undefined && { config: descriptors([config], name)[0] }),
    blobs: [...descriptors(layers, name), ...descriptors(blobs, name)],
  };
}

function descriptors(value: unknown, name: string): Descriptor[] {
  const list = value ?? [];
  if (!Array.isArray(list) || !list.every(isDescriptor)) {
    throw new ArtifactError(
      'unsupported',
      `${name} has a manifest that lists what has no SHA-256 digest and size`,
    );
  }
  return list;
}

function isDescriptor(value: unknown): value is Descriptor {
  const it = (value ?? {}) as Descriptor;
  return (
    typeof it.mediaType === 'string' &&
    /^sha256:[0-9a-f]{64}$/.test(it.digest) &&
    Number.isSafeInteger(it.size) &&
    it.size >= 0 &&
    Object.values(it.annotations ?? {}).every(text => typeof text === 'string')
  );
}

/** Where the formats of models in registries write the path of a layer. */
const PATHS = [
  'org.opencontainers.image.title',
  'org.cncf.model.filepath',
  'org.cnai.model.filepath',
];

/** The file name under which a blob is reported; its packing shows in it. */
export function pathOf({ annotations, mediaType, digest }: Descriptor): string {
  const told = PATHS.map(key => annotations?.[key]).find(Boolean);
  const path = told ?? `blobs/${digest}`;
  const packing = /[.+](tar(?:[.+](?:gzip|zstd))?)$/.exec(mediaType)?.[1];
  const isNamed = /\.(tar(\.\w+)?|tgz|tzst)$/i.test(path);
  if (!packing || isNamed) return path;
  return `${path}.${packing
    .replace('+', '.')
    .replace('gzip', 'gz')
    .replace('zstd', 'zst')}`;
}
