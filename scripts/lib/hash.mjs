import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

const SKIPPED = new Set([
  'node_modules',
  'dist',
  'dist-types',
  'coverage',
  '.git',
]);

function* walk(entry) {
  const stat = fs.statSync(entry, { throwIfNoEntry: false });
  if (!stat) {
    return;
  }
  if (!stat.isDirectory()) {
    yield entry;
    return;
  }
  for (const name of fs.readdirSync(entry).sort()) {
    if (!SKIPPED.has(name)) {
      yield* walk(path.join(entry, name));
    }
  }
}

/**
 * A hash over names and contents of files and folders.
 *
 * @param {string[]} entries - paths below the root
 * @param {(file: string) => boolean} [accept] - which files count
 */
export function hashOf(entries, accept = () => true) {
  const hash = crypto.createHash('sha256');
  for (const entry of entries) {
    for (const file of walk(path.resolve(ROOT, entry))) {
      const name = path.relative(ROOT, file);
      if (accept(name)) {
        hash.update(`${name}\0`).update(fs.readFileSync(file)).update('\0');
      }
    }
  }
  return hash.digest('hex');
}

/** Does `work` unless its inputs have the hash that was noted in `markFile`. */
export async function onlyWhenChanged({ markFile, hash, present, work }) {
  const noted = fs.existsSync(markFile)
    ? fs.readFileSync(markFile, 'utf8')
    : undefined;
  if (noted === hash && present()) {
    return false;
  }
  await work();
  fs.mkdirSync(path.dirname(markFile), { recursive: true });
  fs.writeFileSync(markFile, hash);
  return true;
}
