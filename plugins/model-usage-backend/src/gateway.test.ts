import { sha256Hex, type SnapshotContent } from '@modelhub/governance-protocol';
import { DemoUpstream, Gateway, readConfig } from '@modelhub/gateway';
import type { Knex } from 'knex';
import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { databaseIds, migratedDatabase } from './__testUtils__/databases';
import { eventually } from './__testUtils__/eventually';
import { startUsage, World, type Usage } from './__testUtils__/startUsage';
import { TestPortal } from './__testUtils__/TestPortal';

// Real gateways, a real backend and real HTTP between them.
jest.setTimeout(180_000);

const secretOf = (id: string) => `mh_${sha256Hex(id).slice(0, 43)}`;

function content(): SnapshotContent {
  const later = new Date(Date.now() + 86_400_000).toISOString();
  const earlier = new Date(Date.now() - 86_400_000).toISOString();
  const key = (id: string, profile: string, limits?: object) => ({
    id,
    hash: sha256Hex(secretOf(id)),
    profile,
    purpose: 'support',
    tier: 'internal' as const,
    team: 'group:default/care',
    ...(limits && { limits }),
  });
  const model = (gatewayId: string, pricing?: object) => ({
    gatewayId,
    entityRef: `model:${gatewayId}`,
    provider: 'acme',
    lifecycle: 'active' as const,
    ...(pricing && {
      pricing: { currency: 'EUR', inputPerMTok: 1000, outputPerMTok: 5000 },
    }),
  });
  return {
    profiles: [
      { id: 'care', title: 'Care', enforcement: 'enforce' },
      { id: 'shop', title: 'Shop', enforcement: 'observe' },
      {
        id: 'agents',
        title: 'Agents',
        enforcement: 'observe',
        agents: { maxCallsPerTrace: 6, maxRepeats: 3 },
      },
    ],
    keys: [
      key('dana', 'care'),
      key('eve', 'shop'),
      key('robot', 'agents'),
      key('limited', 'care', { requestsPerMinute: 60 }),
    ],
    models: [model('acme/chat', {}), model('acme/free')],
    grants: [
      {
        id: 'g-1',
        gatewayId: 'acme/chat',
        version: '1.0',
        tier: 'internal',
        purpose: 'support',
        profile: 'care',
        approvedAt: earlier,
        expiresAt: later,
      },
    ],
    purposes: [],
    tiers: [],
  };
}

describe.each(databaseIds)('gateways and the backend on %s', databaseId => {
  let knex: Knex;
  let world: World;
  let usage: Usage;
  let portal: TestPortal;
  let upstream: DemoUpstream;
  let folder: string;
  const gateways: Gateway[] = [];

  const startBackend = async () => {
    usage = await startUsage(knex, world);
    portal.usagePort = (usage.server.address() as AddressInfo).port;
  };
  const stopBackend = async () => {
    portal.usagePort = undefined;
    await usage.stop();
  };
  const startGateway = async (name: string, waits = true): Promise<Gateway> => {
    const file = path.join(folder, `${name}.yaml`);
    fs.writeFileSync(
      file,
      JSON.stringify({
        name,
        listen: { port: 0 },
        controlPlane: {
          url: portal.url,
          enrolmentToken: 'token',
          stateDir: path.join(folder, name),
        },
        providers: [
          {
            name: 'acme',
            match: 'acme/*',
            baseUrl: `http://127.0.0.1:${upstream.port}/v1`,
            stripPrefix: true,
          },
        ],
        usage: { leaseMs: 150, spool: { sealMs: 50 } },
      }),
    );
    const quiet = () => {};
    const gateway = await Gateway.create(readConfig(file, {}), {
      logger: { info: quiet, warn: quiet, error: quiet },
    });
    gateways.push(gateway);
    if (!waits) return gateway;
    await eventually('the gateway is ready', async () => {
      const { status } = await fetch(`http://127.0.0.1:${gateway.port}/readyz`);
      return status === 200;
    });
    return gateway;
  };
  const call = async (
    gateway: Gateway,
    key: string,
    fields: object = {},
    headers: Record<string, string> = {},
  ) => {
    const answer = await fetch(
      `http://127.0.0.1:${gateway.port}/v1/chat/completions`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${secretOf(key)}`,
          'content-type': 'application/json',
          ...headers,
        },
        body: JSON.stringify({
          model: 'acme/chat',
          messages: [{ role: 'user', content: 'Tell me about invoices.' }],
          max_tokens: 500,
          ...fields,
        }),
      },
    );
    return {
      status: answer.status,
      headers: answer.headers,
      text: await answer.text(),
    };
  };
  const codeOf = ({ text }: { text: string }) => JSON.parse(text).error.code;
  const totals = async () =>
    (await usage.as('admin').get('/totals')).body.items as Array<{
      model: string;
      profile: string;
      calls: number;
      refused: number;
      cost?: number;
      estimatedCalls: number;
      inputTokens: number;
      outputTokens: number;
    }>;
  const calls = async () =>
    (await totals()).reduce((sum, it) => sum + it.calls, 0);

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    world = new World();
    world.stopped = undefined;
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'usage-'));
    upstream = await DemoUpstream.create({ port: 0 });
    portal = await TestPortal.create(content(), world);
    await startBackend();
  });
  afterEach(async () => {
    await Promise.all(gateways.splice(0).map(gateway => gateway.stop()));
    await portal.close();
    await stopBackend();
    await upstream.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('hold agents to the limits of a trace together, and refuse when they cannot tell', async () => {
    const pair = [await startGateway('one'), await startGateway('two')];
    let n = 0;
    const agent = async (trace: string, text = `${(n += 1)}`) => {
      const answer = await call(
        pair[n % 2],
        'robot',
        { messages: [{ role: 'user', content: text }] },
        { 'x-modelhub-trace': trace },
      );
      return answer.status === 200 ? 200 : codeOf(answer);
    };
    const many = await Promise.all(
      Array.from({ length: 20 }, () => agent('many')),
    );
    expect(many.filter(it => it === 200)).toHaveLength(6);
    expect(new Set(many)).toEqual(new Set([200, 'trace_budget_exhausted']));
    const loop = [];
    for (n = 0; n < 5; n++) {
      loop.push(await agent('loop', 'again'));
    }
    expect(loop).toEqual([200, 200, 200, 'loop_detected', 'loop_detected']);

    await stopBackend();
    expect(await agent('other')).toBe('trace_unknown');
    // Others are not concerned.
    expect((await call(pair[0], 'dana')).status).toBe(200);
    await startBackend();
    await eventually('it goes on', async () => (await agent('other')) === 200);
  });

  it('count every call exactly once, whatever goes down and gets lost', async () => {
    let gateway = await startGateway('gw');
    portal.losesAnswers = 2;
    for (let n = 0; n < 10; n++) {
      expect((await call(gateway, 'dana')).status).toBe(200);
    }
    await eventually('answers got lost', () => portal.lost === 2);
    await stopBackend();
    for (let n = 0; n < 10; n++) {
      expect((await call(gateway, 'dana', { stream: true })).status).toBe(200);
    }
    for (let n = 0; n < 5; n++) {
      expect((await call(gateway, 'dana', { model: 'no' })).status).toBe(403);
    }
    expect((await call(gateway, 'eve')).status).toBe(200);
    // Nobody listens, so it waits on disk for the next start.
    await gateway.stop();
    gateways.splice(0);
    expect(
      fs
        .readdirSync(path.join(folder, 'gw/usage'))
        .filter(it => it.endsWith('.log')),
    ).not.toEqual([]);
    gateway = await startGateway('gw');
    await call(gateway, 'dana');
    await startBackend();
    await eventually('everything is told', async () => (await calls()) === 27);
    expect(await totals()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          profile: 'care',
          model: 'acme/chat',
          calls: 21,
          refused: 0,
          estimatedCalls: 0,
        }),
        expect.objectContaining({ model: 'no', calls: 5, refused: 5 }),
        expect.objectContaining({ profile: 'shop', calls: 1 }),
      ]),
    );
    // Streams are asked for their usage, and cost as much as whole answers.
    const costOf = async (profile: string) =>
      (await totals()).find(
        it => it.profile === profile && it.model === 'acme/chat',
      )?.cost ?? 0;
    expect(await costOf('shop')).toBeGreaterThan(0);
    expect(await costOf('care')).toBeCloseTo(21 * (await costOf('shop')), 6);
    const { body } = await usage
      .as('admin')
      .get('/enforcement-report?profile=shop');
    expect(body.items).toMatchObject([
      { model: 'acme/chat', keyId: 'eve', code: 'not-approved', calls: 1 },
    ]);
    expect((await call(gateway, 'dana', { stream: true })).text).not.toContain(
      '"usage":{',
    );
  });

  it('hold three gateways to one budget, and tell who owns it', async () => {
    const three = await Promise.all(
      ['a', 'b', 'c'].map(name => startGateway(name)),
    );
    const one = JSON.parse((await call(three[0], 'dana')).text).usage;
    const price = one.prompt_tokens / 1000 + (one.completion_tokens * 5) / 1000;
    const put = (amount: number) =>
      usage
        .as('admin')
        .put('/budgets/profile/care', { amount, currency: 'EUR' });
    const get = async () =>
      (await usage.as('admin').get('/budgets/profile/care')).body;
    await eventually('the first is told', async () => (await calls()) === 1);
    expect((await put(4)).status).toBe(200);
    for (const name of ['a', 'b', 'c']) {
      const file = path.join(folder, name, 'usage/state/budgets.json');
      await eventually(
        'the budget is known',
        () =>
          fs.existsSync(file) &&
          JSON.parse(fs.readFileSync(file, 'utf8')).list.length === 1,
      );
    }
    let passed = 1;
    const refusals = new Set<string>();
    let lastAt = performance.now();
    while (performance.now() - lastAt < 1_500) {
      const answers = await Promise.all(
        three.map(it => call(it, 'dana', { max_tokens: 60 })),
      );
      for (const answer of answers) {
        if (answer.status === 200) {
          passed += 1;
          lastAt = performance.now();
        } else {
          refusals.add(`${answer.status} ${codeOf(answer)}`);
        }
      }
    }
    expect([...refusals]).toEqual(['429 insufficient_quota']);
    await eventually(
      'what passed is told',
      async () => (await get()).calls === passed,
    );
    const { spent, amount } = await get();
    expect(spent).toBeCloseTo(price * passed, 6);
    expect(spent).toBeLessThanOrEqual(amount);
    // What is left does not suffice for the longest answer.
    expect(amount - spent).toBeLessThan(0.35);
    await eventually('the owner knows', () =>
      world.sent.some(
        ({ title, recipients }) =>
          title.includes('used up') &&
          recipients.includes('group:default/care'),
      ),
    );
    await put(1000);
    await eventually(
      'calls pass again',
      async () => (await call(three[0], 'dana')).status === 200,
    );
  });

  it('refuse until the budgets were heard of, and go on with what they hold', async () => {
    await usage
      .as('admin')
      .put('/budgets/profile/care', { amount: 1000, currency: 'EUR' });
    const gateway = await startGateway('gw');
    expect((await call(gateway, 'dana')).status).toBe(200);
    // Lets the gateway ask for more than the first call needed.
    await eventually('it holds a part', async () => {
      const { held } = (await usage.as('admin').get('/budgets/profile/care'))
        .body;
      return held > 0;
    });
    await stopBackend();
    expect((await call(gateway, 'dana', { max_tokens: 1 })).status).toBe(200);
    await gateway.stop();
    gateways.splice(0);
    fs.rmSync(path.join(folder, 'gw/usage/state'), { recursive: true });
    const again = await startGateway('gw', false);
    await eventually(
      'it has an allowlist and no list of budgets',
      async () => codeOf(await call(again, 'dana')) === 'budgets_unknown',
    );
    const { status } = await fetch(`http://127.0.0.1:${again.port}/readyz`);
    expect([status, (await call(again, 'dana')).status]).toEqual([503, 503]);
    await startBackend();
    await eventually(
      'it heard of the budgets',
      async () => (await call(again, 'dana')).status === 200,
    );
  });

  it('keep three gateways within one limit', async () => {
    const three = await Promise.all(
      ['a', 'b', 'c'].map(name => startGateway(name)),
    );
    const began = performance.now();
    let passed = 0;
    const hammer = async (gateway: Gateway) => {
      for (let n = 0; n < 60; n++) {
        passed += Number((await call(gateway, 'limited')).status === 200);
      }
    };
    await Promise.all(three.map(hammer));
    const minutes = (performance.now() - began) / 60_000;
    // A bucket for all, its refill, and what the README allows on top.
    const bound = 60 * (1 + minutes) + 60 * 0.1 + 3;
    expect(passed).toBeLessThanOrEqual(bound);
    expect(passed).toBeGreaterThan(30);
  });
});
