// npm run bench -- [name] [--json]: runs the benchmarks in bench/, or one of them.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ensureNode } from './lib/node24.mjs';
import { ROOT } from './lib/paths.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { fail, say } from './lib/say.mjs';
import { ensureInstalled } from './lib/yarn.mjs';

const available = fs
  .readdirSync(path.join(ROOT, 'bench'), { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name);
const options = process.argv.slice(2).filter(arg => arg.startsWith('-'));
const asked = process.argv.slice(2).filter(arg => !arg.startsWith('-'));
const unknown = asked.filter(name => !available.includes(name));
if (unknown.length > 0) {
  fail(
    `There is no benchmark ${unknown.join(', ')}. There are: ${available.join(
      ', ',
    )}.`,
  );
}

await ensureNode();
await ensureInstalled();
const require = createRequire(path.join(ROOT, 'package.json'));
const transform = require.resolve('@backstage/cli/config/nodeTransform.cjs');

const postgres = await startPostgres();
let failed = false;
for (const name of asked.length > 0 ? asked : available) {
  say(`Benchmark ${name}`);
  const child = spawn(
    process.execPath,
    [
      '--require',
      transform,
      path.join(ROOT, 'bench', name, 'main.ts'),
      ...options,
    ],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: {
        ...process.env,
        NODE_ENV: 'test',
        LOG_LEVEL: 'error',
        BENCH_POSTGRES_URL: postgres.url,
      },
    },
  );
  const code = await new Promise(resolve => child.on('exit', resolve));
  failed ||= code !== 0;
}
await postgres.stop();
process.exit(failed ? 1 : 0);
