import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

/**
 * Every package of this repository.
 *
 * @returns {{ dir: string, folder: string, manifest: any }[]} with `folder`
 * relative to the root
 */
export function workspaces() {
  return ['packages', 'plugins'].flatMap(parent =>
    fs
      .readdirSync(path.join(ROOT, parent))
      .sort()
      .map(name => path.join(ROOT, parent, name))
      .filter(dir => fs.existsSync(path.join(dir, 'package.json')))
      .map(dir => ({
        dir,
        folder: path.relative(ROOT, dir),
        manifest: JSON.parse(
          fs.readFileSync(path.join(dir, 'package.json'), 'utf8'),
        ),
      })),
  );
}

/** The packages that adopters install. */
export const publishable = () =>
  workspaces().filter(({ manifest }) => !manifest.private);
