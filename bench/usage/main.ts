import { parseArgs } from 'node:util';
import { measureIngest } from './ingest';
import { measureYear } from './year';

const GOAL_MS = 300;

/** Records a second of processor time. */
const GOAL_RECORDS = 50_000;

const line = (text: string) => process.stdout.write(`${text}\n`);

const met = (isMet: boolean) => (isMet ? 'met' : 'NOT MET');

const p95 = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.ceil(0.95 * values.length) - 1];

async function main() {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      records: { type: 'string', default: '200000' },
      series: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '20' },
      only: { type: 'string' },
    },
  });
  const postgresUrl = process.env.BENCH_POSTGRES_URL;
  const figures: Array<{ metric: string; value: number; unit: string }> = [];
  const figure = (metric: string, value: number, unit: string) =>
    figures.push({ metric, value: Number(value.toFixed(3)), unit });
  if (values.only !== 'year') {
    for (const [database, url] of [
      ['postgresql', postgresUrl],
      ['sqlite', undefined],
    ] as const) {
      if (database === 'postgresql' && !url) continue;
      line(
        `\n${database.padEnd(
          44,
        )} records/s  per s of Node  per s of PostgreSQL  together`,
      );
      const rates = [];
      for (const it of await measureIngest(url, Number(values.records))) {
        const all = it.records / it.seconds;
        const node = it.records / it.nodeSeconds;
        const server = it.records / it.serverSeconds;
        const together = it.records / (it.nodeSeconds + it.serverSeconds);
        rates.push({ name: it.name, all, node, server, together });
        line(
          `  ${it.name.padEnd(42)} ${all.toFixed(0).padStart(9)}  ${node
            .toFixed(0)
            .padStart(13)}  ${(Number.isFinite(server)
            ? server.toFixed(0)
            : '–'
          ).padStart(19)}  ${together.toFixed(0).padStart(8)}`,
        );
        figure(`${database}: ${it.name}`, all, 'records/s');
        figure(`${database}: ${it.name}, node`, node, 'records/s/core');
        if (Number.isFinite(server)) {
          figure(`${database}: ${it.name}, server`, server, 'records/s/core');
        }
      }
      const [ours, , rowByRow, inBulk] = rates;
      for (const [name, peer] of [
        ['row by row', rowByRow],
        ['rows in bulk and one GROUP BY', inBulk],
      ] as const) {
        const ratio = ours.all / peer.all;
        line(
          `  ${`beside ${name}`.padEnd(42)} ${ratio.toFixed(1).padStart(8)}x`,
        );
        figure(`${database}: beside ${name}`, ratio, 'x');
      }
      for (const [core, rate] of [
        ['of Node', ours.node],
        ['of PostgreSQL', ours.server],
        ['of both together', ours.together],
      ] as const) {
        if (!Number.isFinite(rate)) continue;
        line(
          `  goal of ${GOAL_RECORDS} records/s for each core ${core}: ${met(
            rate >= GOAL_RECORDS,
          )}`,
        );
      }
    }
  }
  let worst = 0;
  if (values.only !== 'ingest' && postgresUrl) {
    const questions = await measureYear(postgresUrl, {
      series: Number(values.series),
      rounds: Number(values.rounds),
    });
    for (const { name, ms } of questions) {
      worst = Math.max(worst, p95(ms));
      line(
        `year: ${name.padEnd(50)} p95 ${p95(ms)
          .toFixed(1)
          .padStart(7)} ms, goal ${GOAL_MS}: ${met(p95(ms) <= GOAL_MS)}`,
      );
      figure(`year: ${name}, p95`, p95(ms), 'ms');
    }
  }
  if (values.json) line(JSON.stringify({ name: 'usage', figures }));
  process.exitCode = worst > GOAL_MS ? 1 : 0;
}

void main();
