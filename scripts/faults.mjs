// Kills gateways, upstreams and a control plane at random, under load, and tells
// what came of it: npm run faults -- --seconds 120 [--seed N]
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
    path.join(ROOT, 'packages/model-gateway/src/__testUtils__/faults/main.ts'),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
