import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';
import { publishable } from './workspaces.mjs';

const TEMPLATE = path.join(ROOT, 'scripts/scratch-portal');

const readJson = file => JSON.parse(fs.readFileSync(file, 'utf8'));
const writeJson = (file, content) =>
  fs.writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);

/** What the portal's backend installs besides the packed packages. */
const BACKEND = [
  '@backstage/plugin-auth-backend',
  '@backstage/plugin-catalog-backend',
  '@backstage/plugin-events-backend',
  '@backstage/plugin-notifications-backend',
  '@backstage/plugin-scaffolder-backend',
  '@backstage/plugin-signals-backend',
];

/**
 * Writes a portal that installs packed packages, outside of this workspace.
 *
 * @param {string} folder
 * @param {Map<string, string>} tarballs - by package name
 */
export function writeScratchPortal(folder, tarballs) {
  fs.cpSync(TEMPLATE, folder, { recursive: true });
  for (const name of ['.yarnrc.yml', 'backstage.json', 'yarn.lock']) {
    fs.copyFileSync(path.join(ROOT, name), path.join(folder, name));
  }
  fs.cpSync(
    path.join(ROOT, '.yarn/releases'),
    path.join(folder, '.yarn/releases'),
    {
      recursive: true,
    },
  );

  const root = readJson(path.join(ROOT, 'package.json'));
  const app = readJson(path.join(ROOT, 'packages/app/package.json'));
  const backend = readJson(path.join(ROOT, 'packages/backend/package.json'));
  const packed = Object.fromEntries(
    [...tarballs].map(([name, file]) => [name, `file:${file}`]),
  );
  const ofRole = (...roles) =>
    publishable()
      .filter(({ manifest }) => roles.includes(manifest.backstage?.role))
      .map(({ manifest }) => manifest.name);
  const pick = (from, names) =>
    Object.fromEntries(names.map(name => [name, from[name]]));
  const pickPacked = names => pick(packed, names);

  writeJson(path.join(folder, 'package.json'), {
    name: 'scratch-portal',
    private: true,
    workspaces: ['packages/*'],
    packageManager: root.packageManager,
    devDependencies: pick(root.devDependencies, [
      '@backstage/cli',
      '@backstage/cli-defaults',
      'typescript',
    ]),
    // Packed packages depend on each other by version; nothing is published.
    resolutions: { ...root.resolutions, ...packed },
  });

  const features = ofRole('backend-plugin', 'backend-plugin-module');
  fs.mkdirSync(path.join(folder, 'packages/backend/src'), { recursive: true });
  writeJson(path.join(folder, 'packages/backend/package.json'), {
    name: 'backend',
    version: '0.0.0',
    private: true,
    main: 'dist/index.cjs.js',
    types: 'src/index.ts',
    backstage: { role: 'backend' },
    dependencies: {
      ...pick(backend.dependencies, [
        '@backstage/backend-defaults',
        'better-sqlite3',
        ...BACKEND,
      ]),
      ...pickPacked(features),
      // Programs and libraries that no plugin depends on are installed as well.
      ...pickPacked(ofRole('cli', 'node-library')),
    },
    devDependencies: pick(root.devDependencies, ['@backstage/cli']),
  });
  fs.writeFileSync(
    path.join(folder, 'packages/backend/src/index.ts'),
    [
      "import { createBackend } from '@backstage/backend-defaults';",
      '',
      'const backend = createBackend();',
      ...[...BACKEND, ...features].map(
        name => `backend.add(import('${name}'));`,
      ),
      'backend.start();',
      '',
    ].join('\n'),
  );

  const frontends = pickPacked(ofRole('frontend-plugin'));
  const common = {
    version: '0.0.0',
    private: true,
    bundled: true,
    backstage: { role: 'frontend' },
    browserslist: app.browserslist,
  };
  const shared = pick(app.dependencies, [
    '@backstage/cli',
    '@backstage/plugin-catalog',
    'react',
    'react-dom',
    'react-router',
    'react-router-dom',
  ]);
  const devDependencies = { '@types/react': '*', '@types/react-dom': '*' };
  writeJson(path.join(folder, 'packages/app/package.json'), {
    name: 'app',
    ...common,
    dependencies: {
      ...shared,
      ...pick(app.dependencies, [
        '@backstage/frontend-defaults',
        '@backstage/ui',
      ]),
      ...frontends,
    },
    devDependencies,
  });
  writeJson(path.join(folder, 'packages/legacy-app/package.json'), {
    name: 'legacy-app',
    ...common,
    dependencies: {
      ...shared,
      '@backstage/app-defaults': '^1.7.0',
      '@backstage/core-app-api': '^1.20.0',
      ...frontends,
    },
    devDependencies,
  });
}

/** Ids of the backend plugins that the portal installs. */
export const pluginIds = () =>
  publishable()
    .filter(({ manifest }) => manifest.backstage?.role === 'backend-plugin')
    .map(({ manifest }) => manifest.backstage.pluginId);
