import { Transactions } from '@modelhub/backstage-plugin-models-node';
import {
  builtInGateDescriptions,
  CelConditions,
  loadPolicies,
  overlayFiles,
  readPolicyFolder,
} from '@modelhub/policies';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DatabaseApprovalStore } from '../../plugins/model-governance-backend/src/approvals';
import {
  DefaultGateService,
  GateRegistry,
} from '../../plugins/model-governance-backend/src/gates';
import {
  licenceGate,
  modelCardGate,
} from '../../plugins/model-governance-backend/src/gates/builtIn';
import { DatabaseOutbox } from '../../plugins/model-governance-backend/src/outbox';
import { Replayer } from '../../plugins/model-governance-backend/src/policies/trials/Replayer';
import {
  openDatabase,
  purposes,
  seedApprovals,
  seedModel,
  silent,
} from './seed';

const APPROVALS = 5000;
const GOAL_MS = 10_000;
const clock = { now: () => new Date('2026-07-01T00:00:00Z') };

/** Changes of `internal.yaml` and `customer-facing.yaml` that people propose. */
const CHANGES: Array<{ name: string; from: string; to: string }> = [
  { name: 'the same', from: 'title:', to: 'title:' },
  {
    name: 'a shorter life',
    from: 'expiresAfterDays: 365',
    to: 'expiresAfterDays: 90',
  },
  {
    name: 'another refusal',
    from: 'refuse:',
    to: 'refuse:\n  - { code: us, when: "\'us\' in model.regions", message: Not there. }',
  },
  {
    name: 'a passkey more',
    from: '  lead:\n    quorum: 1',
    to: '  lead:\n    quorum: 1\n    secondFactor: true',
  },
  { name: 'a check asked again', from: 'minScore: 60', to: 'minScore: 61' },
];

async function measure(postgresUrl: string | undefined, rounds: number) {
  const knex = await openDatabase(postgresUrl);
  const { sources } = await readPolicyFolder(
    resolve(__dirname, '../../policies'),
  );
  const load = (from: string, to: string) =>
    loadPolicies(
      overlayFiles(
        sources,
        sources
          .filter(({ file }) => /^(internal|customer-facing)/.test(file))
          .map(({ file, text }) => ({
            name: file,
            content: text.replace(from, to),
          })),
      ),
      builtInGateDescriptions(),
      CelConditions.create(),
    );
  const inForce = load('', '');
  await seedApprovals(knex, inForce, APPROVALS);
  const models = new Map(
    Array.from({ length: APPROVALS / 10 }, (_, n) => seedModel(n)).map(
      model => [stringifyEntityRef(model), model],
    ),
  );
  const transactions = Transactions.create({ knex });
  const replayer = Replayer.create({
    approvals: DatabaseApprovalStore.create({ knex }),
    gates: DefaultGateService.create({
      transactions,
      clock,
      logger: silent,
      registry: GateRegistry.create([licenceGate, modelCardGate]),
      ledger: { append: async () => [] },
      outbox: DatabaseOutbox.create({ clock }),
      getEntities: async () => new Map(),
    }),
    organisation: {
      models: async refs => new Map(refs.map(ref => [ref, models.get(ref)!])),
      groupsOf: async () => ['group:default/security', 'group:default/legal'],
    },
    access: { purposes: async () => purposes },
    calls: {
      summed: async () => ({ known: false, from: '', to: '', items: [] }),
    },
    clock,
  });
  const times: Array<{ name: string; ms: number; changed: number }> = [];
  for (let round = 0; round < rounds; round++) {
    for (const { name, from, to } of CHANGES) {
      const proposed = load(from, to);
      const started = performance.now();
      const { approvals } = await replayer.replay({ inForce, proposed });
      times.push({
        name,
        ms: performance.now() - started,
        changed: approvals.looked - approvals.unchanged - approvals.unknown,
      });
    }
  }
  await knex.destroy();
  return times;
}

const percentile = (values: number[], p: number) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil((p / 100) * sorted.length) - 1];
};

async function main() {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '3' },
    },
  });
  const figures: Array<{ metric: string; value: number; unit: string }> = [];
  let worst = 0;
  for (const [database, url] of [
    ['sqlite', undefined],
    ['postgresql', process.env.BENCH_POSTGRES_URL],
  ] as const) {
    if (database === 'postgresql' && !url) continue;
    const times = await measure(url, Number(values.rounds));
    const all = times.map(({ ms }) => ms);
    process.stdout.write(`${APPROVALS} live approvals on ${database}\n`);
    for (const { name } of CHANGES) {
      const own = times.filter(time => time.name === name);
      process.stdout.write(
        `  ${name.padEnd(22)}${percentile(
          own.map(({ ms }) => ms),
          50,
        ).toFixed(0)} ms, ${own[0].changed} change\n`,
      );
    }
    const [p50, p95] = [50, 95].map(p => percentile(all, p));
    const perSecond = APPROVALS / (p50 / 1000);
    process.stdout.write(
      `  p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(
        0,
      )} ms, ${perSecond.toFixed(0)} approvals/s\n`,
    );
    worst = Math.max(worst, p95);
    figures.push(
      {
        metric: `${database} approvalsPerSecond`,
        value: Math.round(perSecond),
        unit: '1/s',
      },
      { metric: `${database} p50Ms`, value: Math.round(p50), unit: 'ms' },
      { metric: `${database} p95Ms`, value: Math.round(p95), unit: 'ms' },
    );
  }
  process.stdout.write(
    `p95 is ${worst < GOAL_MS ? 'within' : 'OVER'} the goal of ${GOAL_MS} ms\n`,
  );
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ name: 'policy-replay', figures })}\n`,
    );
  }
  process.exitCode = worst < GOAL_MS ? 0 : 1;
}

void main();
