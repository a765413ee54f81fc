// Kills gateways, upstreams and replicas of the control plane at random, under
// load, and tells what came of it:
//   npm run faults -- --seconds 120 [--seed N] [--plane postgres|sqlite|light]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ensureNode } from './lib/node24.mjs';
import { ROOT } from './lib/paths.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { say } from './lib/say.mjs';
import { ensureInstalled } from './lib/yarn.mjs';

await ensureNode();
await ensureInstalled();

const args = process.argv.slice(2);
let postgres;
if (!args.some(arg => /^(--plane=)?(sqlite|light)$/.test(arg))) {
  try {
    postgres = await startPostgres();
  } catch (error) {
    say(`${error.message}\nGoing on with SQLite and one replica.`);
    args.push('--plane', 'sqlite');
  }
}
const run = spawn(
  process.execPath,
  [
    '--require',
    path.join(
      ROOT,
      'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
    ),
    path.join(ROOT, 'e2e/faults/main.ts'),
    ...args,
  ],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(postgres && { FAULTS_POSTGRES_URL: postgres.url }),
    },
  },
);
const [status] = await once(run, 'exit');
await postgres?.stop();
process.exit(status ?? 1);
