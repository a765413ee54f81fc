import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A policy file as it lies on disk. */
export interface PolicySource {
  /** Path below the folder, with forward slashes. */
  file: string;
  text: string;
}

export interface PolicyFolder {
  sources: PolicySource[];
  /** Changes when any file does. */
  stamp: string;
}

/** All YAML files of a folder and its sub-folders, but for `tests` and `packs`. */
export async function readPolicyFolder(path: string): Promise<PolicyFolder> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(entry =>
      relative(path, join(entry.parentPath, entry.name)).split(sep).join('/'),
    )
    .filter(
      file => !file.split('/').some(part => ['tests', 'packs'].includes(part)),
    )
    .sort();
  const sources = await Promise.all(
    files.map(async file => ({
      file,
      text: await readFile(join(path, file), 'utf8'),
    })),
  );
  const stamp = createHash('sha256')
    .update(JSON.stringify(sources))
    .digest('hex');
  return { sources, stamp };
}
