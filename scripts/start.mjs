import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { ensureFrontend } from './lib/build.mjs';
import {
  fillDemoYear,
  hasDemoYear,
  prepareDemoYear,
  withDemoYear,
} from './lib/demoYear.mjs';
import { ensureNode } from './lib/node24.mjs';
import { DATA, ROOT } from './lib/paths.mjs';
import { DEFAULT_PORTS, startPortal } from './lib/portal.mjs';
import { repositories } from './lib/repositories.mjs';
import { isFree } from './lib/ports.mjs';
import { fail, say } from './lib/say.mjs';
import { backendSecrets } from './lib/secrets.mjs';
import { announce } from './lib/welcome.mjs';
import { ensureInstalled, yarnCommand } from './lib/yarn.mjs';
import { spawn } from 'node:child_process';

const HELP = `npm start -- [options]

  Starts the demo portal, the model gateway and a demo model server.

  --port N           port of the portal             (MODELHUB_PORT, ${DEFAULT_PORTS.portal})
  --gateway-port N   port of the model gateway      (MODELHUB_GATEWAY_PORT, ${DEFAULT_PORTS.gateway})
  --upstream-port N  port of the demo model server  (MODELHUB_UPSTREAM_PORT, ${DEFAULT_PORTS.upstream})
  --demo-year        fill the portal with a simulated year: 200 models, 40 teams,
                     10 million calls, half an hour beside your work;
                     docs/demo-year.md tells more
  --demo-year=small  20 models, 6 teams, 100,000 calls, a minute
  --reset            remove the demo's data first (asks; --yes does not)
  --dev              for developers: reload on change, frontend on port 3000
  --help
`;

const { values } = parseArgs({
  args: withDemoYear(process.argv.slice(2)),
  options: {
    port: { type: 'string' },
    'gateway-port': { type: 'string' },
    'upstream-port': { type: 'string' },
    'demo-year': { type: 'string' },
    reset: { type: 'boolean' },
    yes: { type: 'boolean' },
    dev: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const ports = {};
for (const [name, option, variable] of [
  ['portal', 'port', 'MODELHUB_PORT'],
  ['gateway', 'gateway-port', 'MODELHUB_GATEWAY_PORT'],
  ['upstream', 'upstream-port', 'MODELHUB_UPSTREAM_PORT'],
]) {
  const text = values[option] ?? process.env[variable];
  const port = text === undefined ? DEFAULT_PORTS[name] : Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    fail(`'${text}' is not a port. Give --${option} a number up to 65535.`);
  }
  if (!(await isFree(port))) {
    fail(
      `Port ${port} (${name}) is in use, perhaps by another run of this demo. End that program, or choose another port: npm start -- --${option} ${
        port + 1
      }   (or set ${variable})`,
    );
  }
  ports[name] = port;
}

const size = values['demo-year'];
if (size !== undefined && size !== 'full' && size !== 'small') {
  fail(
    `There is no simulated year '${size}'. Give --demo-year or --demo-year=small.`,
  );
}

await ensureNode();

if (values.reset) {
  await reset();
}
await ensureInstalled();

if (values.dev) {
  if (size !== undefined) {
    fail('--demo-year does not go with --dev. Run it once without --dev.');
  }
  await develop();
}
await ensureFrontend();

// Once begun, it belongs to the demo's data, and an interrupted one goes on.
const demoYear = size !== undefined || hasDemoYear();
let configFiles = [];
if (demoYear) {
  try {
    configFiles = await prepareDemoYear({ size });
  } catch (error) {
    fail(error.message);
  }
}

let portal;
let filling;
let ending = false;
async function end(code) {
  if (ending) {
    return;
  }
  ending = true;
  if (portal) {
    say('Stopping …');
    await filling?.stop();
    await portal.stop();
    say(
      'Stopped. The data is kept in .modelhub; npm start goes on from there.',
    );
  }
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => end(0));
}

try {
  portal = await startPortal({ ports, configFiles, say });
} catch (error) {
  fail(error.message);
}
portal.services.forEach(service =>
  service.exited.then(how => {
    if (!service.stopping && !ending) {
      process.stderr.write(
        `\n${
          service.name
        } ended by itself (${how}). Its last lines:\n\n${service.lastLines()}\n\nThe whole log: ${
          service.logFile
        }\n`,
      );
      end(1);
    }
  }),
);
await announce(portal);
if (demoYear) {
  filling = fillDemoYear({ url: portal.url, say });
  filling.exited.then(code => {
    if (code !== 0 && !ending) {
      say(
        'The simulated year is not complete. The portal runs on; the next npm start goes on with it.',
      );
    }
  });
}

async function reset() {
  if (!fs.existsSync(DATA)) {
    return;
  }
  if (!values.yes) {
    const prompt = readline.createInterface({
      input: process.stdin,
      output: process.stdout,
    });
    const answer = await prompt.question(
      `Remove ${DATA} with every request, approval and key of the demo? [y/N] `,
    );
    prompt.close();
    if (!/^y(es)?$/i.test(answer.trim())) {
      fail('Nothing was removed.');
    }
  }
  for (const name of fs.readdirSync(DATA)) {
    // What was built is no data.
    if (name !== 'build') {
      fs.rmSync(path.join(DATA, name), { recursive: true, force: true });
    }
  }
  say('The data of the demo was removed.');
}

/** The CLI's own development mode, with the demo's configuration. */
async function develop() {
  const [command, args] = yarnCommand(
    'backstage-cli',
    'repo',
    'start',
    ...['app-config.yaml', 'app-config.demo.yaml', 'app-config.dev.yaml']
      .map(name => path.join(ROOT, name))
      .flatMap(file => ['--config', file]),
  );
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      MODELHUB_REPOSITORIES: repositories(DATA),
      ...backendSecrets(DATA),
    },
  });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exit(await new Promise(resolve => child.on('exit', resolve)));
}
