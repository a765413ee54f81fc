import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { DATA, ROOT } from './paths.mjs';

const PROGRAM = path.join(
  ROOT,
  'packages/usage-simulation/bin/modelhub-demo-year',
);

const END_WITH_PARENT = path.join(ROOT, 'scripts/lib/endWithParent.cjs');

const folderOf = data => path.join(data, 'demo-year');

/** Whether the data of the demo holds a simulated year from an earlier run. */
export const hasDemoYear = (data = DATA) =>
  fs.existsSync(path.join(folderOf(data), 'year.json'));

/**
 * `--demo-year` alone means the whole year; the parser of options would take
 * the next word for its value.
 */
export const withDemoYear = args =>
  args.map(arg => (arg === '--demo-year' ? '--demo-year=full' : arg));

/**
 * Begins a simulated year, or goes on with the one that is there.
 *
 * @param {object} options
 * @param {string} [options.data] - folder of the demo's data
 * @param {string} [options.size] - `full` or `small`; that of the year that is there without
 * @returns {Promise<string[]>} configuration that the portal is started with
 * @throws when there is one of another size
 */
export async function prepareDemoYear({ data = DATA, size }) {
  const folder = folderOf(data);
  const wanted =
    size ??
    JSON.parse(fs.readFileSync(path.join(folder, 'year.json'), 'utf8')).size;
  const { status, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, 'prepare', '--folder', folder, '--size', wanted],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(stderr.trim());
  }
  // Not at the top: npm start begins before anything is installed.
  const { parse } = await import('yaml');
  const demo = parse(
    fs.readFileSync(path.join(ROOT, 'app-config.demo.yaml'), 'utf8'),
  );
  const config = {
    catalog: {
      // Hundreds of entities more: every half minute would be too often.
      processingInterval: { minutes: 2 },
      // Lists are replaced, not added to.
      locations: [
        ...demo.catalog.locations,
        { type: 'file', target: path.join(folder, 'catalog.yaml') },
      ],
    },
    modelGovernance: {
      profiles: [
        ...demo.modelGovernance.profiles,
        ...JSON.parse(
          fs.readFileSync(path.join(folder, 'profiles.json'), 'utf8'),
        ),
      ],
    },
  };
  const file = path.join(folder, 'app-config.yaml');
  // JSON is YAML.
  fs.writeFileSync(file, JSON.stringify(config, undefined, 2), { mode: 0o600 });
  return [file];
}

/**
 * Gives the simulated year to a running portal, beside whatever people do there.
 *
 * @param {object} options
 * @param {string} options.url - of the portal
 * @param {string} [options.data]
 * @param {(line: string) => void} options.say
 * @returns {{ exited: Promise<number>, stop(): Promise<void> }}
 */
export function fillDemoYear({ url, data = DATA, say }) {
  const child = spawn(
    process.execPath,
    [
      ...['--require', END_WITH_PARENT, PROGRAM, 'fill'],
      ...['--folder', folderOf(data), '--portal', url],
    ],
    {
      cwd: ROOT,
      // Ctrl-C reaches only the script, which then ends this in good order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    readline.createInterface({ input: stream }).on('line', say);
  }
  const exited = new Promise(resolve => {
    child.on('error', error => {
      say(error.message);
      resolve(1);
    });
    child.on('exit', code => resolve(code ?? 1));
  });
  return {
    exited,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await exited;
      clearTimeout(timer);
    },
  };
}
