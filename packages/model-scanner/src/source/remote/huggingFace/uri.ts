import { ArtifactError } from '../../ArtifactSource';

/** What an `hf://` URI names. */
export interface HuggingFaceUri {
  /** `org/name`, or a name alone for the oldest models. */
  repo: string;
  revision: string;
  /** A file or folder within; empty for all. */
  path: string;
}

const URI =
  /^hf:\/\/(?:models\/)?(?<repo>[\w.-]+\/[\w.-]+|[\w.-]+)(?:@(?<revision>refs\/(?:pr|convert)\/[^/]+|[^/]+))?(?:\/(?<path>.*))?$/i;

/**
 * Reads `hf://org/name[@revision][/path]`, as Hugging Face's own tools write it.
 *
 * @param revision - where it is told apart from the URI
 * @throws ArtifactError when it is none
 */
export function parseHuggingFaceUri(
  uri: string,
  revision?: string,
): HuggingFaceUri {
  const { groups } = URI.exec(uri) ?? {};
  const { repo = '', path = '' } = groups ?? {};
  if (!repo || /^(datasets|spaces)(\/|$)/.test(repo)) {
    throw new ArtifactError(
      'invalid',
      `${uri} is no model repository; expected hf://org/name[@revision][/path]`,
    );
  }
  const inUri = groups?.revision && decode(groups.revision, uri);
  if (inUri && revision && inUri !== revision) {
    throw new ArtifactError(
      'invalid',
      `${uri} names the revision ${inUri}, and ${revision} was asked for`,
    );
  }
  return {
    repo,
    revision: inUri || revision || 'main',
    path: path.replace(/\/+$/, ''),
  };
}

function decode(text: string, uri: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ArtifactError('invalid', `${uri} is not encoded as a URI is`);
  }
}
