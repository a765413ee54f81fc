import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * A policy file as it lies on disk.
 *
 * @public
 */
export interface PolicySource {
  /** Path below the folder, with forward slashes. */
  file: string;
  text: string;
}

/**
 * @public
 */
export interface PolicyFolder {
  sources: PolicySource[];
  /** Changes when any file does. */
  stamp: string;
}

/** Folders whose files are no policies. */
const OTHERS = ['tests', 'packs'];

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(entry =>
      relative(path, join(entry.parentPath, entry.name)).split(sep).join('/'),
    )
    .sort();
}

const sourcesOf = (path: string, files: string[]): Promise<PolicySource[]> =>
  Promise.all(
    files.map(async file => ({
      file,
      text: await readFile(join(path, file), 'utf8'),
    })),
  );

/**
 * Whether a path below the folder is a policy: a YAML file that is not in a
 * folder `tests` or `packs`.
 *
 * @public
 */
export function isPolicyFile(file: string): boolean {
  const folders = file.split('/').slice(0, -1);
  return /\.ya?ml$/.test(file) && !folders.some(name => OTHERS.includes(name));
}

/**
 * All policies of a folder and its sub-folders.
 *
 * @public
 */
export async function readPolicyFolder(path: string): Promise<PolicyFolder> {
  const files = (await filesBelow(path)).filter(isPolicyFile);
  const sources = await sourcesOf(path, files);
  const stamp = createHash('sha256')
    .update(JSON.stringify(sources))
    .digest('hex');
  return { sources, stamp };
}

/**
 * The tests beside the policies: YAML files in the folder `tests`, named
 * `tests/…`; none where there is no such folder.
 *
 * @public
 */
export async function readPolicyTests(path: string): Promise<PolicySource[]> {
  try {
    const files = await filesBelow(join(path, 'tests'));
    return await sourcesOf(
      path,
      files.map(file => `tests/${file}`),
    );
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
}
