import { ArtifactError } from '../../ArtifactSource';

/** What an `oci://` URI names. */
export interface OciUri {
  /** Host, with a port where there is one. */
  registry: string;
  repository: string;
  /** A tag or a digest. */
  reference: string;
}

// As in the distribution specification, 1.1.
const URI =
  /^oci:\/\/(?<registry>[a-z0-9.-]+(?::\d+)?|\[[0-9a-f:]+\](?::\d+)?)\/(?<repository>[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/i;

/**
 * Reads `oci://registry/repository[:tag|@digest]`. A digest goes before a tag,
 * and without either the tag is `latest`.
 *
 * @throws ArtifactError when it is none
 */
export function parseOciUri(uri: string): OciUri {
  const { groups } = URI.exec(uri) ?? {};
  if (!groups || groups.repository !== groups.repository.toLowerCase()) {
    throw new ArtifactError(
      'invalid',
      `${uri} names nothing in a registry; expected oci://registry/repository[:tag|@sha256:…]`,
    );
  }
  const { repository, tag, digest } = groups;
  const registry = groups.registry.toLowerCase();
  const isDockerHub = ['docker.io', 'index.docker.io'].includes(registry);
  return {
    registry: isDockerHub ? 'registry-1.docker.io' : registry,
    repository:
      isDockerHub && !repository.includes('/')
        ? `library/${repository}`
        : repository,
    reference: digest ?? tag ?? 'latest',
  };
}
