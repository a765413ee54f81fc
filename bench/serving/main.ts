import { parseArgs } from 'node:util';
import { measureLocalEngine } from './localEngine';
import { measureReaper } from './reaper';
import { measureReconcile } from './reconcile';

/** No endpoint outlives its time by more, in s. */
const GOAL_OVERSTAY = 60;

const line = (text: string) => process.stdout.write(`${text}\n`);

async function main() {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      endpoints: { type: 'string', default: '1000' },
      reaped: { type: 'string', default: '60' },
      starts: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '2' },
      only: { type: 'string' },
    },
  });
  const figures: Array<{ metric: string; value: number; unit: string }> = [];
  const figure = (metric: string, value: number, unit: string) =>
    figures.push({ metric, value: Number(value.toFixed(3)), unit });
  if (!values.only || values.only === 'local') {
    const starts = await measureLocalEngine(Number(values.starts));
    const middle = (of: (it: (typeof starts)[number]) => number) =>
      starts.map(of).sort((a, b) => a - b)[Math.floor(starts.length / 2)];
    const first = middle(it => it.firstToken);
    line(
      `local engine ${
        starts.length
      } starts of a tiny GGUF file: ready after ${middle(
        it => it.ready,
      ).toFixed(1)} s, first token after ${first.toFixed(1)} s, of which ${(
        1000 * middle(it => it.ttft)
      ).toFixed(0)} ms after the call`,
    );
    figure('local engine: first token', first, 's');
  }
  const databases = (
    [
      ['postgresql', process.env.BENCH_POSTGRES_URL],
      ['sqlite', undefined],
    ] as const
  ).filter(() => values.only !== 'local');
  let worst = 0;
  for (const [database, url] of databases) {
    if (database === 'postgresql' && !url) continue;
    if (values.only !== 'reaper') {
      const count = Number(values.endpoints);
      const { asked, ready, ended } = await measureReconcile(url, count);
      line(
        `${database.padEnd(12)} ${count} endpoints asked for in ${asked.toFixed(
          1,
        )} s, all ready after ${ready.toFixed(1)} s; all ended ${ended.toFixed(
          1,
        )} s after their common end`,
      );
      figure(`${database}: ready`, ready, 's');
      figure(`${database}: ended`, ended, 's');
      worst = Math.max(worst, ended);
    }
    if (values.only !== 'reconcile') {
      for (let round = 1; round <= Number(values.rounds); round++) {
        const it = await measureReaper(url, Number(values.reaped), round * 7);
        line(
          `${database.padEnd(12)} largest overstay ${it.largestOverstay.toFixed(
            0,
          )} s (${it.clockSteps} clocks set, ${it.crashes} crashes, ${
            it.failedStops
          } stops that failed); ended early by ${it.largestUnderstay.toFixed(
            0,
          )} s at most; left behind: ${it.left}`,
        );
        figure(`${database}: largest overstay`, it.largestOverstay, 's');
        worst = Math.max(worst, it.left > 0 ? Infinity : it.largestOverstay);
      }
    }
  }
  if (values.json) line(JSON.stringify({ figures }));
  if (worst > GOAL_OVERSTAY) {
    line(`An endpoint outlived its time by more than ${GOAL_OVERSTAY} s.`);
    process.exitCode = 1;
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
