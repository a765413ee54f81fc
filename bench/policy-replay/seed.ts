import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ModelEntityV1alpha1,
  Purpose,
} from '@modelhub/backstage-plugin-models-common';
import { Transactions } from '@modelhub/backstage-plugin-models-node';
import { decide, type PolicyLayers } from '@modelhub/policies';
import knexFactory, { type Knex } from 'knex';
import { resolve } from 'node:path';
import { DatabaseApprovalStore } from '../../plugins/model-governance-backend/src/approvals';
import type { ApprovalRecord } from '../../plugins/model-governance-backend/src/approvals/records';
import {
  boundFields,
  policyModel,
  subjectOf,
} from '../../plugins/model-governance-backend/src/approvals/subject';

const tiers = ['sandbox', 'internal', 'customer-facing', 'regulated'] as const;

export const silent: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => silent,
};

export const purposes: Purpose[] = ['support', 'search', 'summaries'].map(
  id => ({ id, title: id, dataClasses: ['internal'], regions: ['eu'] }),
);

const at = '2026-06-01T00:00:00.000Z';
const hex = (n: number) => n.toString(16).padStart(64, '0');

/** A tenth as many models as approvals. */
export function seedModel(n: number): ModelEntityV1alpha1 {
  return {
    apiVersion: 'modelhub.dev/v1alpha1',
    kind: 'Model',
    metadata: {
      name: `m${n}`,
      namespace: 'bench',
      description: 'A model that answers questions of customers.',
    },
    spec: {
      type: 'llm',
      lifecycle: 'active',
      owner: `group:default/team-${n % 20}`,
      provider: 'bench',
      gatewayId: `bench/m${n}`,
      license: { id: n % 3 === 0 ? 'apache-2.0' : 'mit' },
      data: { regions: [n % 7 === 0 ? 'us' : 'eu'] },
      useCases: { intended: ['Answers'] },
      versions: [
        {
          name: '1.0',
          artifact: {
            uri: `hf://bench/m${n}`,
            format: 'safetensors',
            digest: `sha256:${hex(n)}`,
          },
        },
      ],
    },
  };
}

export async function openDatabase(postgresUrl?: string): Promise<Knex> {
  let knex: Knex;
  if (postgresUrl) {
    const name = `replay_${Date.now()}`;
    const admin = knexFactory({ client: 'pg', connection: postgresUrl });
    await admin.raw(`CREATE DATABASE ${name}`);
    await admin.destroy();
    const target = new URL(postgresUrl);
    target.pathname = `/${name}`;
    knex = knexFactory({ client: 'pg', connection: target.href });
  } else {
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
      pool: { min: 1, max: 1 },
    });
  }
  await knex.migrate.latest({
    directory: resolve(
      __dirname,
      '../../plugins/model-governance-backend/migrations',
    ),
  });
  return knex;
}

/** Live approvals as the policies in force decided them, signed by all roles. */
export async function seedApprovals(
  knex: Knex,
  layers: PolicyLayers,
  count: number,
): Promise<void> {
  const store = DatabaseApprovalStore.create({ knex });
  const transactions = Transactions.create({ knex });
  const batch = 250;
  for (let first = 0; first < count; first += batch) {
    await transactions.run(async tx => {
      for (let n = first; n < Math.min(first + batch, count); n++) {
        const record = await approvalOf(n, layers);
        await store.insert(tx, record);
        for (const { role, secondFactor } of record.policyDecision!.signOffs) {
          await store.addSignOff(tx, {
            id: `s-${role}-${hex(n).slice(40)}`,
            approvalId: record.id,
            round: 1,
            role,
            decision: 'approve',
            by: `user:default/${role}-${n % 50}`,
            at,
            secondFactor,
          });
        }
      }
    });
  }
}

async function approvalOf(
  n: number,
  layers: PolicyLayers,
): Promise<ApprovalRecord> {
  const entity = seedModel(Math.floor(n / 10));
  const tier = tiers[n % tiers.length];
  const purpose = purposes[n % purposes.length];
  const subject = await subjectOf(entity, '1.0', tier);
  const requester = `user:default/u${n % 200}`;
  const policyDecision = decide(
    layers,
    {
      tier,
      purpose,
      profile: 'care',
      model: policyModel(subject),
      requester: { ref: requester, groups: [] },
    },
    new Date(at),
  );
  return {
    id: `a-${hex(n).slice(32)}`,
    kind: 'standard',
    state: 'approved',
    revision: 1,
    round: 1,
    entityRef: subject.entityRef,
    ...boundFields(subject),
    modelVersion: '1.0',
    ownerPeople: [],
    tier,
    purpose: purpose.id,
    profile: 'care',
    justification: 'For the benchmark.',
    requester,
    policyVersion: layers.version,
    policyDecision,
    evidenceIds: [],
    blockers: [],
    waitingFor: [],
    createdAt: at,
    updatedAt: at,
    submittedAt: at,
    approvedAt: at,
    expiresAt: '2026-12-01T00:00:00.000Z',
  };
}
