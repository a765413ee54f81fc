import fs from 'node:fs/promises';
import path from 'node:path';
import { PACK_LIMITS } from './limits';
import { PackError } from './PackError';
import { PACK_FILE, readPack, type PackSource } from './readPack';
import type { EvaluationPack } from './types';

/**
 * Reads the pack in a folder; the path of its `pack.yaml` will do too. Links
 * that lead out of the folder are refused.
 *
 * @throws PackError with at most 50 problems
 * @public
 */
export async function readPackFolder(
  folder: string,
  options: Pick<PackSource, 'scorerOf'> = {},
): Promise<EvaluationPack> {
  const given = path.resolve(folder);
  const named =
    path.basename(given) === PACK_FILE ? path.dirname(given) : given;
  let root: string;
  let packYaml: string;
  try {
    root = await fs.realpath(named);
    packYaml = await fs.readFile(path.join(root, PACK_FILE), 'utf8');
  } catch (error) {
    throw new PackError([
      {
        file: path.join(
          folder,
          path.basename(given) === PACK_FILE ? '' : PACK_FILE,
        ),
        message: `cannot be read: ${(error as Error).message}`,
      },
    ]);
  }
  return readPack({
    ...options,
    packYaml,
    read: async relativePath => {
      const file = await fs.realpath(path.join(root, relativePath));
      if (!file.startsWith(root + path.sep)) {
        throw new Error('it lies outside of the folder of the pack');
      }
      const { size } = await fs.stat(file);
      if (size > PACK_LIMITS.fileBytes) {
        throw new Error(
          `it is larger than ${PACK_LIMITS.fileBytes / 1024 / 1024} MiB`,
        );
      }
      return fs.readFile(file, 'utf8');
    },
  });
}
