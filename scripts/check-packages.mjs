// Builds and packs every publishable package and installs the tarballs into a
// portal outside of this workspace, as an adopter would. The portal's types are
// checked, both its frontends are bundled, and its backend answers.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureNode } from './lib/node24.mjs';
import { packAll } from './lib/pack.mjs';
import { DATA } from './lib/paths.mjs';
import { freePort } from './lib/ports.mjs';
import { killRunning, run, tail } from './lib/run.mjs';
import { during, say } from './lib/say.mjs';
import { pluginIds, writeScratchPortal } from './lib/scratchPortal.mjs';
import { startService, untilReady } from './lib/service.mjs';
import { ensureInstalled, yarn } from './lib/yarn.mjs';

await ensureNode();
await ensureInstalled();

const logs = path.join(DATA, 'logs', 'check-packages');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'modelhub-packages-'));
const portal = path.join(scratch, 'portal');
const YARN = path.join(portal, '.yarn/releases/yarn-4.13.0.cjs');

process.on('exit', () => {
  killRunning();
  fs.rmSync(scratch, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(130));
}

/** One step; its output goes to a log. */
async function step(what, args, options = {}) {
  const logFile = path.join(logs, `${options.log}.log`);
  const { code, output } = await during(what, () =>
    run(process.execPath, [YARN, ...args], {
      cwd: path.join(portal, options.cwd ?? '.'),
      logFile,
    }),
  );
  if (code !== 0) {
    throw new Error(`${what}: failed.\n${tail(output, 60)}\nLog: ${logFile}`);
  }
}

try {
  if (!process.argv.includes('--no-tsc')) {
    const { code, output } = await during('Checking the types here', () =>
      yarn(['tsc', '--pretty', 'false'], {
        logFile: path.join(logs, 'tsc.log'),
      }),
    );
    if (code !== 0) {
      throw new Error(`The types of this workspace:\n${tail(output, 60)}`);
    }
  }
  const tarballs = await during('Building and packing', () =>
    packAll(scratch, logs),
  );
  say(`Packed ${tarballs.size} packages.`);

  writeScratchPortal(portal, tarballs);
  await step('Installing them into a portal', ['install', '--no-immutable'], {
    log: 'portal-install',
  });
  await Promise.all([
    step('Checking the types of the portal', ['tsc', '--pretty', 'false'], {
      log: 'portal-tsc',
    }),
    step(
      'Bundling the app (new frontend system)',
      ['backstage-cli', 'package', 'build'],
      {
        cwd: 'packages/app',
        log: 'portal-app',
      },
    ),
  ]);
  await Promise.all([
    step(
      'Bundling the app (older frontend system)',
      ['backstage-cli', 'package', 'build'],
      {
        cwd: 'packages/legacy-app',
        log: 'portal-legacy-app',
      },
    ),
    during('Starting the backend of the portal', checkBackend),
  ]);
  say('Every package installs, and the portal works with them.');
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  process.exit(1);
}
process.exit(0);

async function checkBackend() {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const configFile = path.join(scratch, 'app-config.port.yaml');
  fs.writeFileSync(
    configFile,
    JSON.stringify({
      app: { baseUrl: url },
      backend: { baseUrl: url, listen: { host: '127.0.0.1', port } },
    }),
  );
  const backend = startService({
    name: 'the backend of the scratch portal',
    args: [
      '--require',
      path.join(
        portal,
        'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
      ),
      'src/index',
      ...['--config', path.join(portal, 'app-config.yaml')],
      ...['--config', configFile],
    ],
    cwd: path.join(portal, 'packages/backend'),
    env: { NODE_ENV: 'development' },
    logFile: path.join(logs, 'portal-backend.log'),
  });
  try {
    await untilReady(backend, `${url}/.backstage/health/v1/readiness`);
    for (const id of pluginIds()) {
      await answers(backend, `${url}/api/${id}/openapi.json`);
    }
    await answers(
      backend,
      `${url}/api/catalog/entities/by-name/model/default/example`,
    );
  } finally {
    await backend.stop();
  }
}

/** Asks until it answers with 200; the catalog needs a moment for its files. */
async function answers(backend, url) {
  let status;
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const response = await fetch(url, {
      headers: { authorization: 'Bearer check-packages' },
    });
    await response.arrayBuffer();
    status = response.status;
    if (status === 200) {
      say(`${new URL(url).pathname} answers.`);
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  throw new Error(
    `${new URL(url).pathname} answers ${status}.\n${backend.lastLines()}`,
  );
}
