// Scans files of every format with mistakes in them, and ends with 1 where the
// scanner fails, hangs or grows: npm run fuzz:scanner -- --seconds 60 --seed N
// (--only INDEX repeats one input; --inputs N ends after so many)
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureNode } from './lib/node24.mjs';
import { ROOT } from './lib/paths.mjs';
import { ensureInstalled } from './lib/yarn.mjs';

await ensureNode();
await ensureInstalled();

const { status } = spawnSync(
  process.execPath,
  [
    '--require',
    path.join(
      ROOT,
      'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
    ),
    path.join(ROOT, 'packages/model-scanner/src/__testUtils__/fuzz/main.ts'),
    ...process.argv.slice(2),
  ],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exit(status ?? 1);
