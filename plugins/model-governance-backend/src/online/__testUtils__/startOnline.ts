import type {
  Grant,
  OnlineExperimentDetail,
} from '@modelhub/backstage-plugin-models-common';
import type { TestDatabaseId } from '@backstage/backend-test-utils';
import {
  generateSigningKey,
  type OnlineBatch,
  type OnlineSample,
  type SignedSnapshot,
} from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import {
  createWorld,
  proofHeader,
  startRooms,
} from '../../__testUtils__/startRooms';

const config = {
  gateways: [
    { name: 'one', enrolmentToken: 'the-token-of-gateway-one' },
    { name: 'two', enrolmentToken: 'the-token-of-gateway-two' },
  ],
  purposes: [
    {
      id: 'summaries',
      title: 'Summaries',
      dataClasses: ['internal'],
      regions: [],
    },
  ],
  profiles: [
    {
      id: 'checkout',
      title: 'Checkout',
      owner: 'group:default/checkout',
      members: ['group:default/checkout', 'group:default/search-discovery'],
      enforcement: 'enforce',
    },
  ],
};

export const grant = (id: string, gatewayId: string): Grant => ({
  approvalId: id,
  kind: 'standard',
  entityRef: `model:${gatewayId}`,
  gatewayId,
  modelVersion: '1.0',
  digest: `sha256:${id}`,
  tier: 'internal',
  purpose: 'summaries',
  profile: 'checkout',
  approvedAt: '2026-11-01T00:00:00.000Z',
  expiresAt: '2027-12-01T00:00:00.000Z',
});

export const plan = {
  title: 'Is the small one good enough?',
  profile: 'checkout',
  purpose: 'summaries',
  tiers: ['internal'],
  control: 'meta/llama',
  challenger: 'qwen/qwen3',
  share: 0.5,
  sampling: 0.5,
  scorers: [{ metric: 'is_json', type: 'json-schema', schema: '{}' }],
  stopRule: { metric: 'is_json', margin: 0.05 },
  days: 14,
};

export type Gateway = { gatewayId: string; privateKey: string };

/**
 * A portal with two models that the profile `checkout` may call, an enrolled
 * gateway, and people: ann leads the owner of the profile, cleo belongs to it,
 * bob is a member of the profile alone.
 */
export async function startOnline(databaseId: TestDatabaseId) {
  const world = await createWorld(databaseId);
  world.organisation.groups['group:default/checkout'].push('user:default/cleo');
  world.organisation.leads['group:default/checkout'] = ['user:default/ann'];
  world.grants = [grant('a', 'meta/llama'), grant('b', 'qwen/qwen3')];
  const rooms = await startRooms(world, config);
  await rooms.declare();

  async function enrol(name: string): Promise<Gateway> {
    const key = generateSigningKey();
    const { body } = await rooms.call('POST', '/gateways/enrol', {
      body: {
        token: `the-token-of-gateway-${name}`,
        name,
        publicKey: key.publicKey,
      },
    });
    return { privateKey: key.privateKey, gatewayId: body.gatewayId };
  }
  const one = await enrol('one');
  const send = (gateway: Gateway, method: string, path: string, more = {}) =>
    rooms.call(method, path, {
      ...more,
      headers: {
        ...proofHeader(gateway, { method, path, now: world.clock.now() }),
        'x-modelhub-gateway-features': 'experiments',
        ...(more as { headers?: object }).headers,
      },
    });
  /** The experiments of the allowlist that a gateway takes. */
  async function takes(gateway: Gateway, headers?: object) {
    const { body } = await send(gateway, 'GET', '/allowlist/snapshot', {
      headers,
    });
    const { payload } = body as SignedSnapshot;
    return payload.kind === 'full'
      ? payload.content.profiles[0].experiments
      : undefined;
  }
  const post = (path: string, as: string, body: object = {}) =>
    rooms.call('POST', `/online-experiments${path}`, { as, body });
  async function planned(more: object = {}): Promise<OnlineExperimentDetail> {
    const { status, body } = await post('', 'cleo', { ...plan, ...more });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body;
  }
  async function running(more: object = {}): Promise<OnlineExperimentDetail> {
    const { id, consentTextHash } = await planned(more);
    const { status, body } = await post(`/${id}/consent`, 'ann', {
      textHash: consentTextHash,
    });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  }
  const read = async (id: string, as = 'ann') =>
    (await rooms.call('GET', `/online-experiments/${id}`, { as })).body;
  const sample = (
    experiment: string,
    arm: 'control' | 'challenger',
    more: Partial<OnlineSample> = {},
  ): OnlineSample => ({
    id: randomUUID(),
    experiment,
    arm,
    at: world.clock.now().toISOString(),
    bucket: 0,
    outcome: 'scored',
    scores: { is_json: 1 },
    latencyMs: 100,
    outputTokens: 5,
    costMicros: 20,
    currency: 'USD',
    ...more,
  });
  const report = (gateway: Gateway, batch: Partial<OnlineBatch>) =>
    send(gateway, 'POST', '/online-batches', {
      body: {
        batchId: randomUUID(),
        samples: [],
        tallies: [],
        notes: [],
        ...batch,
      },
    });
  /** So many calls of each arm, in 20 groups of callers. */
  async function calls(
    id: string,
    many: { rounds: number; good: [number, number]; failed?: number },
  ) {
    for (let round = 0; round < many.rounds; round++) {
      const arms = ['control', 'challenger'] as const;
      const { status, body } = await report(one, {
        samples: arms.flatMap((arm, at) =>
          Array.from({ length: 60 }, (_, n) =>
            sample(id, arm, {
              bucket: n % 20,
              // Spread over the groups, so that they are alike.
              scores: {
                is_json:
                  (n + 3 * Math.floor(n / 20) + round) % 10 < many.good[at] * 10
                    ? 1
                    : 0,
              },
            }),
          ),
        ),
        tallies: arms.flatMap(arm =>
          Array.from({ length: 20 }, (_, bucket) => ({
            experiment: id,
            arm,
            bucket,
            calls: 6,
            failed: arm === 'challenger' ? many.failed ?? 0 : 0,
          })),
        ),
      });
      if (status !== 200) throw new Error(JSON.stringify(body));
    }
  }
  const events = (subject: string): Promise<string[]> =>
    world
      .knex('ledger_events')
      .where({ subject: `online-experiment:${subject}` })
      .orderBy('seq')
      .pluck('type');

  await takes(one);
  return {
    world,
    rooms,
    one,
    enrol,
    takes,
    post,
    planned,
    running,
    read,
    sample,
    report,
    calls,
    events,
    /** What one test leaves running would be in the way of the next. */
    async tidy() {
      const open: string[] = await world
        .knex('online_experiments')
        .whereIn('state', ['planned', 'running'])
        .pluck('id');
      for (const id of open) {
        await rooms.onlineWatch.end(id, {
          kind: 'person',
          reason: 'Tidied up',
        });
      }
    },
    async stop() {
      await rooms.publisher.stop();
      await rooms.stop();
    },
  };
}

export type OnlineRig = Awaited<ReturnType<typeof startOnline>>;
