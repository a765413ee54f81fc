/* Prints what a run of faults came to; ends with 1 when something was wrong. */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { runFaults } from './runFaults';
import { tableOf } from './tableOf';

const { values } = parseArgs({
  options: { seconds: { type: 'string' }, seed: { type: 'string' } },
});
const say = (words: string) => process.stdout.write(`${words}\n`);

runFaults({
  seconds: Number(values.seconds ?? 120),
  seed: Number(values.seed ?? Date.now() % 1_000_000),
  say,
}).then(
  report => {
    const { lines, good } = tableOf(report);
    lines.forEach(say);
    if (good) {
      fs.rmSync(report.folder, { recursive: true });
    } else {
      say(`What was written down is in ${report.folder}`);
    }
    process.exit(good ? 0 : 1);
  },
  error => {
    say(`The run failed: ${(error as Error).stack}`);
    process.exit(1);
  },
);
