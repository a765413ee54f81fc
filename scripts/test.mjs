import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureNode } from './lib/node24.mjs';
import { DATA, ROOT } from './lib/paths.mjs';
import { killRunning, tail } from './lib/run.mjs';
import { clock, say } from './lib/say.mjs';
import { stages } from './lib/stages.mjs';
import { ensureInstalled } from './lib/yarn.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    list: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

if (values.list || values.help) {
  process.stdout.write(
    `npm test -- [--only name,name] [--list]\n\n${stages
      .map(({ name, title }) => `  ${name.padEnd(10)} ${title}`)
      .join('\n')}\n`,
  );
  process.exit(0);
}

const names = values.only?.split(',');
const unknown = names?.filter(name => !stages.some(s => s.name === name));
if (unknown?.length) {
  process.stderr.write(
    `There is no stage ${unknown.join(', ')}. See: npm test -- --list\n`,
  );
  process.exit(2);
}

await ensureNode();
await ensureInstalled();

const chosen = stages.filter(({ name }) => !names || names.includes(name));
const results = new Map();
const logs = path.join(DATA, 'test');
fs.mkdirSync(logs, { recursive: true });

process.on('exit', killRunning);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(130));
}

/** Runs a stage to its end, whatever happens. */
async function perform(stage) {
  const from = Date.now();
  say(`${stage.title} …`);
  const logFile = path.join(logs, `${stage.name}.log`);
  let result;
  try {
    result = await stage.perform({ logFile, logs });
  } catch (error) {
    result = { passed: 0, failed: 1, output: error.stack };
  }
  const ms = Date.now() - from;
  results.set(stage.name, { ...result, ms, logFile });
  const {
    passed,
    failed,
    skipped,
    flaky = [],
    failures = [],
    output = '',
  } = result;
  say(
    `${failed ? 'FAILED' : 'ok'}: ${
      stage.title
    }, ${passed} passed, ${failed} failed${
      skipped ? `, ${skipped} skipped` : ''
    } (${clock(ms)})`,
  );
  const listed = lines =>
    lines
      .map(
        line => `  ${line.replaceAll(`${ROOT}/`, '').replaceAll('\n', '\n  ')}`,
      )
      .join('\n');
  if (flaky.length) {
    process.stdout.write(
      `${flaky.length} passed only when tried again:\n${listed(flaky)}\n`,
    );
  }
  if (failed) {
    const shown = failures.length ? listed(failures) : tail(output, 60);
    process.stdout.write(`${shown}\n  log: ${logFile}\n`);
  }
}

const queue = chosen.filter(({ alone }) => !alone);
await Promise.all(
  [0, 1].map(async () => {
    for (let stage = queue.shift(); stage; stage = queue.shift()) {
      await perform(stage);
    }
  }),
);
for (const stage of chosen.filter(({ alone }) => alone)) {
  await perform(stage);
}

const sum = key =>
  [...results.values()].reduce((total, result) => total + result[key], 0);
const skipped = [...results.values()].reduce((n, r) => n + (r.skipped ?? 0), 0);
process.stdout.write('\n');
for (const { name, title } of chosen) {
  const { passed, failed, ms } = results.get(name);
  process.stdout.write(
    `${failed ? 'FAILED' : 'ok    '}  ${title.padEnd(58)} ${String(
      passed,
    ).padStart(5)} passed ${String(failed).padStart(4)} failed  ${clock(
      ms,
    ).padStart(6)}\n`,
  );
}
if (skipped) {
  process.stdout.write(`${skipped} skipped\n`);
}
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exit(sum('failed') ? 1 : 0);
