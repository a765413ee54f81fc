import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';
import { run, tail } from './run.mjs';
import { publishable, workspaces } from './workspaces.mjs';
import { yarnCommand } from './yarn.mjs';

const NOT_COPIED = new Set(['node_modules', 'dist', 'coverage']);

/**
 * Builds and packs every publishable package as it would be published. It
 * works in a copy of the sources, because packing rewrites manifests for a
 * moment and other checks read them at the same time.
 *
 * @param {string} folder - an empty folder for the copy and the tarballs
 * @param {string} logs - folder for logs
 * @returns {Promise<Map<string, string>>} tarballs by package name
 */
export async function packAll(folder, logs) {
  const copy = path.join(folder, 'sources');
  copySources(copy);

  await must(
    'Building the packages',
    ['backstage-cli', 'repo', 'build'],
    copy,
    path.join(logs, 'packages-build.log'),
  );

  const tarballs = new Map();
  const tarballFolder = path.join(folder, 'tarballs');
  fs.mkdirSync(tarballFolder);
  const queue = publishable();
  await Promise.all(
    [0, 1].map(async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { name } = next.manifest;
        const file = path.join(
          tarballFolder,
          `${name.replace('@', '').replace('/', '-')}.tgz`,
        );
        await must(
          `Packing ${name}`,
          ['pack', '--out', file],
          path.join(copy, next.folder),
          path.join(logs, `pack-${path.basename(next.folder)}.log`),
        );
        tarballs.set(name, file);
      }
    }),
  );
  return tarballs;
}

/** Sources are copied; what they depend on is linked. */
function copySources(copy) {
  fs.mkdirSync(copy, { recursive: true });
  for (const name of [
    ...['package.json', 'yarn.lock', '.yarnrc.yml', 'backstage.json'],
    ...['tsconfig.json', '.eslintrc.js', '.yarn'],
  ]) {
    fs.cpSync(path.join(ROOT, name), path.join(copy, name), {
      recursive: true,
    });
  }
  for (const { folder } of workspaces()) {
    fs.cpSync(path.join(ROOT, folder), path.join(copy, folder), {
      recursive: true,
      filter: source => !NOT_COPIED.has(path.basename(source)),
    });
  }
  for (const name of [
    'node_modules',
    'dist-types',
    ...workspaces().map(({ folder }) => path.join(folder, 'node_modules')),
  ]) {
    if (fs.existsSync(path.join(ROOT, name))) {
      fs.symlinkSync(path.join(ROOT, name), path.join(copy, name));
    }
  }
}

async function must(what, args, cwd, logFile) {
  const [command, all] = yarnCommand(...args);
  const { code, output } = await run(command, all, { cwd, logFile });
  if (code !== 0) {
    throw new Error(`${what} failed:\n${tail(output, 60)}`);
  }
}
