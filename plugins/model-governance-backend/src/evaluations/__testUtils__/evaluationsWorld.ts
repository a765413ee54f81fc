import type { TestDatabaseId } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createPortalWorld,
  model,
  startPortal,
  TestClock,
} from '../../__testUtils__';
import { startModel } from './startModel';

const PACK = 'evaluationpack:acme/tickets';

const policy = (tier: string) => `
title: ${tier}
tier: ${tier}
scope: { organisation: true }
expiresAfterDays: 30
checkDeadlineHours: 24
snapshotMaxAgeSeconds: 900
breakGlass: { allowed: true, hours: 72 }
gates:
  evaluation:
    required: true
    params: { packs: [acme/tickets] }
    waiver: { by: [security], atMostDays: 14 }
signOffs: { lead: { quorum: 1 } }
`;

/** Every tenth case is one that the model gets wrong. */
export const caseLines = (count: number, tail = '') =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      id: `t${n}`,
      input: `Ticket ${n}${n % 10 === 9 ? ' (odd)' : ''}${tail}`,
      expected: n % 2 ? 'billing' : 'delivery',
      slices: { language: n % 3 ? 'en' : 'de' },
    }),
  ).join('\n');

/** The label, but of odd tickets. */
export const answerOf = (input: string) => {
  if (input.includes('(odd)')) return 'no idea';
  return Number(/\d+/.exec(input)?.[0]) % 2 ? 'billing' : 'delivery';
};

/** A portal with a pack in its catalog and a model that answers. */
export async function startEvaluations(
  id: TestDatabaseId,
  options: { cases?: number; evaluations?: JsonObject } = {},
) {
  const world = await createPortalWorld(id);
  // Runs take real time: what they end with is not in the future.
  world.clock = new TestClock(new Date(Date.now() + 60_000).toISOString());
  const upstream = await startModel(({ input }) => answerOf(input));
  const folder = mkdtempSync(join(tmpdir(), 'evaluations-'));
  const path = mkdtempSync(join(tmpdir(), 'evaluations-policies-'));
  for (const tier of ['sandbox', 'internal', 'customer-facing', 'regulated']) {
    writeFileSync(join(path, `${tier}.yaml`), policy(tier));
  }
  const write = (name: string, text: string) =>
    writeFileSync(join(folder, name), text);
  write('cases.jsonl', caseLines(options.cases ?? 20));
  const setPack = (version: string, spec: JsonObject = {}, etag = version) =>
    world.catalog.set(PACK, {
      apiVersion: 'modelhub.dev/v1alpha1',
      kind: 'EvaluationPack',
      metadata: {
        namespace: 'acme',
        name: 'tickets',
        title: 'Support tickets',
        etag,
        annotations: {
          'backstage.io/managed-by-location': `file:${join(
            folder,
            'pack.yaml',
          )}`,
        },
      },
      spec: {
        type: 'quality',
        version,
        owner: 'group:default/ml-platform',
        lifecycle: 'active',
        license: 'Apache-2.0',
        task: 'chat',
        scorers: [{ name: 'exact', type: 'exact-match' }],
        criteria: [{ metric: 'exact', atLeast: 0.6 }],
        cases: './cases.jsonl',
        ...spec,
      },
    });
  setPack('1.0.0');
  world.catalog.set(
    'model:meta/llama',
    model('llama', {
      pricing: { inputPerMTok: 1, outputPerMTok: 2, currency: 'USD' },
    }),
  );
  world.catalogConfig = {
    locations: [{ type: 'file', target: join(folder, 'all.yaml') }],
  };
  world.config = {
    policies: { path },
    evaluations: {
      endpoints: [
        {
          match: 'meta/*',
          baseUrl: upstream.baseUrl,
          apiKey: 'secret-of-the-endpoint',
          concurrency: 4,
        },
      ],
      ...options.evaluations,
    },
  };
  const portal = await startPortal(world);
  const wanted = {
    entityRef: 'model:meta/llama',
    modelVersion: '1.0',
    pack: PACK,
  };
  return {
    world,
    portal,
    upstream,
    folder,
    write,
    setPack,
    wanted,
    /** Starts a run as somebody. */
    start: (more: object = {}, name = 'dana', key?: string) =>
      portal.as(name).post('/evaluation-runs', { ...wanted, ...more }, key),
    stop: async () => {
      upstream.release();
      await portal.stop();
      await upstream.stop();
    },
  };
}
