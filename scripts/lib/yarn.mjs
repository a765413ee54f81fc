import fs from 'node:fs';
import path from 'node:path';
import { hashOf, onlyWhenChanged } from './hash.mjs';
import { DATA, ROOT } from './paths.mjs';
import { run, tail } from './run.mjs';
import { during, fail } from './say.mjs';
import { workspaces } from './workspaces.mjs';

const RELEASE = path.join(ROOT, '.yarn/releases/yarn-4.13.0.cjs');

/** The repository's own yarn, so that nothing but Node has to be installed. */
export const yarnCommand = (...args) => [process.execPath, [RELEASE, ...args]];

/** Runs yarn; see {@link run} for the options. */
export function yarn(args, options) {
  const [command, all] = yarnCommand(...args);
  return run(command, all, options);
}

/** Installs the dependencies when they changed since the last time. */
export async function ensureInstalled() {
  if (process.env.MODELHUB_SKIP_INSTALL) {
    return;
  }
  const hash = hashOf([
    'package.json',
    'yarn.lock',
    '.yarnrc.yml',
    ...workspaces().map(({ folder }) => `${folder}/package.json`),
  ]);
  await onlyWhenChanged({
    markFile: path.join(ROOT, 'node_modules', '.modelhub-install'),
    hash,
    present: () =>
      fs.existsSync(path.join(ROOT, 'node_modules/@backstage/cli')),
    work: async () => {
      const logFile = path.join(DATA, 'logs', 'install.log');
      const { code, output } = await during(
        'Installing dependencies (about two minutes the first time)',
        () => yarn(['install'], { logFile }),
      );
      if (code !== 0) {
        fail(
          `${tail(
            output,
          )}\n\nThe dependencies could not be installed (log: ${logFile}). Check that this machine reaches the npm registry, then try again.`,
        );
      }
    },
  });
}
