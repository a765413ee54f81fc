import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

/** Why an artifact cannot be read, and what to do about it. */
export class AddressError extends Error {}

/**
 * Where an artifact is read from: its URI, or for `file:` the path below the
 * folder that the portal keeps artifacts in.
 *
 * @throws AddressError
 */
export async function addressOf(
  uri: string,
  folder: string | undefined,
): Promise<string> {
  if (!/^file:/i.test(uri)) {
    // A path without a scheme would be one of the server's own.
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(uri)) return uri;
    throw new AddressError(
      `'${uri}' is no address of an artifact; give hf://, https://, oci://, s3:// or file:///`,
    );
  }
  if (folder === undefined) {
    throw new AddressError(
      'This portal reads no artifacts from files. An administrator sets modelGovernance.artifacts.folder to the folder that file:/// begins at, or the model names another address.',
    );
  }
  const root = await realpath(folder).catch(() => {
    throw new AddressError(
      'The folder in modelGovernance.artifacts.folder is not there; an administrator mends the setting.',
    );
  });
  const path = pathIn(uri);
  const target = await realpath(join(root, path)).catch(() => {
    throw new AddressError(
      `There is no ${path} in the folder that the portal reads artifacts from.`,
    );
  });
  const way = relative(root, target);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    throw new AddressError(
      `${path} leads out of the folder that the portal reads artifacts from.`,
    );
  }
  return target;
}

function pathIn(uri: string): string {
  try {
    const url = new URL(uri);
    if (url.host !== '') throw new Error('a host');
    return decodeURIComponent(url.pathname);
  } catch {
    throw new AddressError(
      `'${uri}' is no address of a file; write file:///path/below/the/folder`,
    );
  }
}
