// Writes what policies have to know about the built-in checks to
// packages/model-policies/src/gates/gateDocuments.json, from the checks of a
// backend that is booted for it. A test of that backend compares the two.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
    'package',
    'test',
    '--watchAll=false',
    'src/policies/trials/trials.test.ts',
    '-t',
    'the checks that the command line knows',
  ],
  {
    cwd: join(root, 'plugins/model-governance-backend'),
    stdio: 'inherit',
    env: { ...process.env, UPDATE_GATES: '1' },
  },
);
process.exitCode = status ?? 1;
