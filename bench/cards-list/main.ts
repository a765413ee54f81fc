import { parseArgs } from 'node:util';
import { measure, QUESTIONS, type Timing } from './measure';
import { startReadSide } from './startReadSide';

const MODELS = 5_000;
const GOAL_MS = 150;

async function main() {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '40' },
    },
  });
  const databases = [
    { name: 'SQLite', postgresUrl: undefined },
    { name: 'PostgreSQL', postgresUrl: process.env.BENCH_POSTGRES_URL },
  ].filter(({ name, postgresUrl }) => name === 'SQLite' || postgresUrl);

  const results: Array<
    { name: string; seedSeconds: number } & Awaited<ReturnType<typeof measure>>
  > = [];
  for (const { name, postgresUrl } of databases) {
    const side = await startReadSide({ models: MODELS, postgresUrl });
    const measured = await measure(side, Number(values.rounds));
    await side.stop();
    results.push({ name, seedSeconds: side.seedSeconds, ...measured });
  }

  const cell = (timing: Timing) =>
    `${timing.p50.toFixed(0)} / ${timing.p95.toFixed(0)} / ${timing.p99.toFixed(
      0,
    )}`.padStart(18);
  const line = (label: string, cells: string[]) =>
    `${label.padEnd(28)}${cells.join('')}\n`;
  process.stdout.write(
    [
      `GET /api/model-cards/models with ${MODELS} models, ms p50 / p95 / p99\n`,
      line(
        '',
        results.map(({ name }) => name.padStart(18)),
      ),
      ...QUESTIONS.map(({ name }) =>
        line(
          name,
          results.map(({ questions }) => cell(questions.get(name)!)),
        ),
      ),
      line(
        'all of them',
        results.map(({ overall }) => cell(overall)),
      ),
      line(
        'storing all models',
        results.map(({ seedSeconds }) =>
          `${seedSeconds.toFixed(1)} s`.padStart(18),
        ),
      ),
      ...results.map(
        ({ name, overall }) =>
          `${name}: p95 ${overall.p95.toFixed(0)} ms, ${
            overall.p95 < GOAL_MS ? 'within' : 'OVER'
          } the goal of ${GOAL_MS} ms\n`,
      ),
    ].join(''),
  );

  if (values.json) {
    const figures = results.flatMap(({ name, overall, seedSeconds }) => {
      const database = name.toLowerCase();
      return [
        ...Object.entries(overall).map(([metric, value]) => ({
          metric: `${database} ${metric}`,
          value: Number(value.toFixed(1)),
          unit: 'ms',
        })),
        {
          metric: `${database} storing ${MODELS} models`,
          value: Number(seedSeconds.toFixed(1)),
          unit: 's',
        },
      ];
    });
    process.stdout.write(
      `${JSON.stringify({ name: 'cards-list', figures })}\n`,
    );
  }
  process.exitCode = results.some(({ overall }) => overall.p95 >= GOAL_MS)
    ? 1
    : 0;
}

void main();
