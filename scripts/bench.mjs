// Runs the benchmarks in bench/: each is a folder with a main.ts. They get a
// PostgreSQL of their own as BENCH_POSTGRES_URL.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureNode } from './lib/node24.mjs';
import { ROOT } from './lib/paths.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { fail, say } from './lib/say.mjs';
import { ensureInstalled } from './lib/yarn.mjs';

await ensureNode();
await ensureInstalled();

const all = fs
  .readdirSync(path.join(ROOT, 'bench'))
  .filter(name => fs.existsSync(path.join(ROOT, 'bench', name, 'main.ts')));
const args = process.argv.slice(2);
const named = args.filter(arg => !arg.startsWith('-') && all.includes(arg));
const unknown = args[0]?.startsWith('-') ? undefined : args[0];
if (unknown && !all.includes(unknown)) {
  fail(`There is no benchmark ${unknown}. There are: ${all.join(', ')}`);
}
const passedOn = args.filter(arg => !named.includes(arg));

const postgres = await startPostgres();
let failed = false;
for (const name of named.length ? named : all) {
  say(`Benchmark ${name}`);
  const { status } = spawnSync(
    process.execPath,
    [
      '--require',
      path.join(
        ROOT,
        'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
      ),
      path.join(ROOT, 'bench', name, 'main.ts'),
      ...passedOn,
    ],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, BENCH_POSTGRES_URL: postgres.url },
    },
  );
  failed ||= status !== 0;
}
await postgres.stop();
process.exit(failed ? 1 : 0);
