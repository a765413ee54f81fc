// Writes report.api.md of every package that adopters install: its public API,
// so that a change of it is seen in review. `--ci` writes nothing and fails when
// a report is out of date. `--no-tsc` takes the declarations that are there.
import { ensureNode } from './lib/node24.mjs';
import { publishable } from './lib/workspaces.mjs';
import { ensureInstalled, yarn } from './lib/yarn.mjs';

await ensureNode();
await ensureInstalled();

const flags = process.argv.slice(2);
if (!flags.includes('--no-tsc')) {
  const { code } = await yarn(['tsc', '--pretty', 'false']);
  if (code !== 0) {
    process.exit(code);
  }
}
const { code } = await yarn([
  'backstage-repo-tools',
  'api-reports',
  ...(flags.includes('--ci') ? ['--ci'] : []),
  // What the report marks is no failure by itself; that it changed is.
  '--allow-all-warnings',
  ...['--omit-messages', 'ae-wrong-input-file-type,ae-undocumented'],
  ...publishable().map(({ folder }) => folder),
]);
process.exit(code);
