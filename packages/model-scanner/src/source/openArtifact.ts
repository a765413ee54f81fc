import { fileURLToPath } from 'node:url';
import { Access, type ArtifactScheme } from './AccessRules';
import { ArtifactError, type ArtifactSource } from './ArtifactSource';
import {
  settingsOf,
  type OpenArtifactOptions,
  type Settings,
} from './OpenOptions';
import { PathArtifact } from './path/PathArtifact';
import {
  DEFAULT_PATIENCE,
  HttpClient,
  type HttpPatience,
} from './remote/HttpClient';
import { HttpsArtifact } from './remote/HttpsArtifact';
import { HuggingFaceArtifact } from './remote/huggingFace/HuggingFaceArtifact';
import { OciArtifact } from './remote/oci/OciArtifact';
import { S3Artifact } from './remote/s3/S3Artifact';

/** What openers of artifacts work with. */
interface Opening {
  uri: string;
  access: Access;
  options: OpenArtifactOptions;
  settings: Settings;
}

const patienceOf = (options: OpenArtifactOptions): HttpPatience => ({
  timeoutMs: options.timeoutMs ?? DEFAULT_PATIENCE.timeoutMs,
  retries: options.retries ?? DEFAULT_PATIENCE.retries,
  retryDelayMs: options.retryDelayMs ?? DEFAULT_PATIENCE.retryDelayMs,
  minBytesPerSecond:
    options.minBytesPerSecond ?? DEFAULT_PATIENCE.minBytesPerSecond,
});

const clientOf = ({ access, options }: Opening) =>
  new HttpClient(access, patienceOf(options));

const OPENERS: Record<
  ArtifactScheme,
  (opening: Opening) => ArtifactSource | Promise<ArtifactSource>
> = {
  path: ({ uri, options, settings }) =>
    PathArtifact.open(toPath(uri), { ...options, ...settings }),
  https: opening =>
    new HttpsArtifact(opening.uri, {
      url: toUrl(opening),
      client: clientOf(opening),
      settings: opening.settings,
    }),
  hf: opening =>
    new HuggingFaceArtifact(opening.uri, {
      revision: opening.options.revision,
      client: clientOf(opening),
      settings: opening.settings,
    }),
  oci: opening =>
    new OciArtifact(opening.uri, {
      access: opening.access,
      client: clientOf(opening),
      settings: opening.settings,
      login: opening.options.registryLogin,
    }),
  s3: opening =>
    new S3Artifact(opening.uri, {
      access: opening.access,
      settings: opening.settings,
      patience: patienceOf(opening.options),
      isUnsigned: opening.options.isUnsigned ?? false,
    }),
};

/**
 * Opens what a URI names: a path, `file://`, `https://`,
 * `hf://org/name[@revision][/path]`, `oci://registry/repository[:tag|@digest]`
 * or `s3://bucket/key-or-prefix`. Nothing is fetched before it is listed.
 *
 * @throws ArtifactError when the URI is none, or the access rules refuse it
 *
 * @public
 */
export async function openArtifact(
  uri: string,
  options: OpenArtifactOptions,
): Promise<ArtifactSource> {
  const scheme = schemeOf(uri);
  const access = new Access(options.access);
  access.checkScheme(scheme);
  return OPENERS[scheme]({
    uri,
    access,
    options,
    settings: settingsOf(options),
  });
}

/**
 * Opens what was attached to a manifest in a registry, such as signatures: the
 * layers of all manifests that refer to it, by the referrers API of the
 * distribution specification or the tag that stands for it in older registries.
 *
 * @throws ArtifactError when the URI is none, or the access rules refuse it
 *
 * @public
 */
export function openOciReferrers(
  uri: string,
  digest: string,
  options: OpenArtifactOptions,
): ArtifactSource {
  const access = new Access(options.access);
  access.checkScheme('oci');
  return new OciArtifact(uri, {
    access,
    client: new HttpClient(access, patienceOf(options)),
    settings: settingsOf(options),
    login: options.registryLogin,
    referrersOf: digest,
  });
}

function schemeOf(uri: string): ArtifactScheme {
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(uri) ?? [];
  switch (scheme?.toLowerCase()) {
    case undefined:
    case 'file':
      return 'path';
    case 'http':
      return 'https';
    case 'https':
    case 'hf':
    case 'oci':
    case 's3':
      return scheme.toLowerCase() as ArtifactScheme;
    default:
      throw new ArtifactError(
        'invalid',
        `${scheme}:// is not read; give a path, https://, hf://, oci:// or s3://`,
      );
  }
}

function toPath(uri: string): string {
  if (uri === '') throw new ArtifactError('invalid', 'The path is empty');
  if (!/^file:/i.test(uri)) return uri;
  try {
    return fileURLToPath(uri);
  } catch {
    throw new ArtifactError('invalid', `${uri} is no path`);
  }
}

/** @throws ArtifactError before anything is sent where it may not go */
function toUrl({ uri, access }: Opening): URL {
  if (!URL.canParse(uri)) {
    throw new ArtifactError('invalid', `${uri} is no URL`);
  }
  const url = new URL(uri);
  if (url.username || url.password) {
    throw new ArtifactError(
      'invalid',
      'A URL with a password ends up in reports; leave it out',
    );
  }
  access.checkUrl(url);
  return url;
}
