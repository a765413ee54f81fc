import type { Entity } from '@backstage/catalog-model';
import { MODEL_API_VERSION } from '@modelhub/backstage-plugin-models-common';
import type { UsageRecord } from '@modelhub/governance-protocol';
import { migratedDatabase } from '../../__testUtils__/databases';
import {
  batchOf,
  someRecord,
  startUsage,
  World,
} from '../../__testUtils__/startUsage';

const model = (
  name: string,
  owner: string,
  fields: { gatewayId?: string; relations?: Entity['relations'] } = {},
): Entity => ({
  apiVersion: MODEL_API_VERSION,
  kind: 'Model',
  metadata: { namespace: 'acme', name, title: name.toUpperCase() },
  spec: {
    type: 'llm',
    lifecycle: 'active',
    provider: 'acme',
    owner,
    gatewayId: fields.gatewayId ?? `acme/${name}`,
    tasks: ['chat'],
    hardware: { recommendedGpu: '2x H100 80GB' },
  },
  relations: [
    { type: 'ownedBy', targetRef: owner },
    ...(fields.relations ?? []),
  ],
});

const component = (name: string, owner: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { namespace: 'default', name },
  spec: { type: 'service', lifecycle: 'production', owner },
  relations: [{ type: 'ownedBy', targetRef: owner }],
});

/** Days before the 21st of November at noon. */
const daysAgo = (days: number) =>
  new Date(
    Date.parse('2026-11-21T11:00:00Z') - days * 86_400_000,
  ).toISOString();

export const CARE = 'group:default/care';
export const SHOP = 'group:default/shop';
/** Into a route. */
export const path = (ref: string) => encodeURIComponent(ref);

/**
 * The plugin with eighty days of calls: Care, with its component `bot`, and Shop
 * call `acme/chat`, which another team owns.
 */
export async function startInsights() {
  const world = new World();
  const usage = await startUsage(await migratedDatabase('SQLITE_3'), world);
  world.entities.push(
    model('chat', 'group:default/search', {
      relations: [
        { type: 'modelConsumedBy', targetRef: 'component:default/bot' },
        { type: 'modelConsumedBy', targetRef: 'component:default/new' },
      ],
    }),
    model('idle', CARE, {
      relations: [
        { type: 'servedBy', targetRef: 'api:default/idle' },
        { type: 'derivedFrom', targetRef: 'model:acme/base' },
      ],
    }),
    model('twin', SHOP, {
      relations: [{ type: 'derivedFrom', targetRef: 'model:acme/base' }],
    }),
    model('secret', SHOP),
    component('bot', CARE),
    component('new', SHOP),
    // Dana's team claims what is another team's.
    model('taken', SHOP),
    model('claim', CARE, { gatewayId: 'acme/taken' }),
  );
  world.secret.add('model:acme/secret');
  world.grants.push(
    ...['care', 'shop'].map(profile => ({
      approvalId: `${profile}-idle`,
      kind: 'standard' as const,
      entityRef: 'model:acme/idle',
      gatewayId: 'acme/idle',
      modelVersion: '1.0',
      tier: 'internal' as const,
      purpose: 'support',
      profile,
      approvedAt: '2026-06-01T00:00:00.000Z',
      expiresAt: '2027-06-01T00:00:00.000Z',
    })),
    {
      approvalId: 'care-chat',
      kind: 'standard' as const,
      entityRef: 'model:acme/chat',
      gatewayId: 'acme/chat',
      modelVersion: '1.0',
      tier: 'internal' as const,
      purpose: 'support',
      profile: 'care',
      approvedAt: '2026-06-01T00:00:00.000Z',
      expiresAt: '2027-06-01T00:00:00.000Z',
    },
  );
  const records: UsageRecord[] = [];
  for (let day = 0; day < 80; day += 1) {
    const at = daysAgo(day);
    // Care calls twice as often since two weeks.
    const calls = day < 14 ? 20 : 10;
    records.push(
      someRecord({ at, calls, costMicros: calls * 1_000_001 }),
      someRecord({
        at,
        team: 'component:default/bot',
        calls: 2,
        costMicros: 333_333,
        version: '2.0',
      }),
      someRecord({
        at,
        team: SHOP,
        profile: 'shop',
        tier: 'regulated',
        currency: 'USD',
        costMicros: 7,
        latencyMs: 400,
      }),
    );
  }
  records.push(
    someRecord({
      at: daysAgo(3),
      status: 500,
      costMicros: undefined,
      currency: undefined,
    }),
    someRecord({
      at: daysAgo(3),
      status: 403,
      grantId: 'g',
      attempts: 0,
      costMicros: undefined,
      currency: undefined,
    }),
    someRecord({ at: daysAgo(60), model: 'acme/idle', profile: 'shop' }),
    someRecord({
      at: daysAgo(2),
      model: 'acme/taken',
      team: 'group:default/x',
    }),
    someRecord({ at: daysAgo(2), model: 'acme/secret', team: SHOP }),
  );
  const sent = await usage.gateway('gw-1').post('/batches', batchOf(records));
  expect([sent.status, sent.body.error?.message]).toEqual([200, undefined]);
  return {
    world,
    usage,
    stop: usage.stop,
    async get<T>(name: string, route: string): Promise<T> {
      const answer = await usage.as(name).get(`/insights${route}`);
      expect([route, answer.status, answer.body.error?.message]).toEqual([
        route,
        200,
        undefined,
      ]);
      return answer.body;
    },
    async status(name: string, route: string): Promise<number> {
      return (await usage.as(name).get(`/insights${route}`)).status;
    },
  };
}

export type StartedInsights = Awaited<ReturnType<typeof startInsights>>;
