// Writes report.api.md of every package that adopters install: its public API,
// so that a change of it is seen in review. `--ci` changes nothing and fails when
// a report is out of date. `--no-tsc` takes the declarations that are there.
import fs from 'node:fs';
import path from 'node:path';
import { ensureNode } from './lib/node24.mjs';
import { ROOT } from './lib/paths.mjs';
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

const folders = publishable().map(({ folder }) => folder);

/** The reports as they are on disk, by file. */
function reports() {
  return new Map(
    folders.flatMap(folder =>
      fs
        .readdirSync(path.join(ROOT, folder))
        .filter(name => /^(report.*\.api|cli-report)\.md$/.test(name))
        .map(name => path.join(ROOT, folder, name))
        .map(file => [file, fs.readFileSync(file, 'utf8')]),
    ),
  );
}

// The compiler writes the members of a union in the order in which it met them,
// which differs between a full and an incremental run and is no change of an API.
const content = text =>
  text
    ?.split('\n')
    .map(l => l.trim())
    .sort()
    .join('\n');

const before = reports();
const { code } = await yarn([
  'backstage-repo-tools',
  'api-reports',
  // What the report marks is no failure by itself; that it changed is.
  '--allow-all-warnings',
  ...['--omit-messages', 'ae-wrong-input-file-type,ae-undocumented'],
  ...folders,
]);
const after = reports();

const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  file => content(before.get(file)) !== content(after.get(file)),
);
for (const file of after.keys()) {
  // A mere change of order is not worth a commit either.
  if (!flags.includes('--ci') && changed.includes(file)) continue;
  if (before.has(file)) fs.writeFileSync(file, before.get(file));
  else if (flags.includes('--ci')) fs.rmSync(file);
}
if (code === 0 && flags.includes('--ci') && changed.length > 0) {
  process.stderr.write(
    `The public API changed. Run "npm run api" and commit:\n${changed
      .map(file => `  ${path.relative(ROOT, file)}\n`)
      .join('')}`,
  );
  process.exit(1);
}
process.exit(code);
