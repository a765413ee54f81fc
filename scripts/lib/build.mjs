import fs from 'node:fs';
import path from 'node:path';
import { hashOf, onlyWhenChanged } from './hash.mjs';
import { DATA, ROOT } from './paths.mjs';
import { tail } from './run.mjs';
import { during, fail, say } from './say.mjs';
import { yarn } from './yarn.mjs';
import { workspaces } from './workspaces.mjs';

const FRONTEND_ROLES = [
  'frontend',
  'frontend-plugin',
  'frontend-plugin-module',
  'web-library',
  'common-library',
  'node-library',
];

const isSource = file =>
  !/(\.test\.tsx?|setupTests\.ts|README\.md|report\.api\.md|\.eslintrc\.js)$/.test(
    file,
  );

/**
 * Bundles the frontend when its sources changed. The bundle knows no ports:
 * the backend puts the configuration in when it serves it.
 */
export async function ensureFrontend() {
  const inputs = workspaces()
    .filter(({ manifest }) => FRONTEND_ROLES.includes(manifest.backstage?.role))
    .flatMap(({ folder }) => [
      `${folder}/src`,
      `${folder}/public`,
      `${folder}/package.json`,
      `${folder}/config.d.ts`,
    ]);
  const built = await onlyWhenChanged({
    markFile: path.join(DATA, 'build', 'frontend'),
    hash: hashOf(['yarn.lock', 'backstage.json', ...inputs], isSource),
    present: () => fs.existsSync(path.join(ROOT, 'packages/app/dist/static')),
    work: async () => {
      const logFile = path.join(DATA, 'logs', 'build-frontend.log');
      const { code, output } = await during(
        'Building the frontend (about 40 seconds)',
        () => yarn(['workspace', 'app', 'build'], { logFile }),
      );
      if (code !== 0) {
        fail(
          `${tail(
            output,
          )}\n\nThe frontend could not be built (log: ${logFile}).`,
        );
      }
    },
  });
  if (!built) {
    say('The frontend is built already.');
  }
}
