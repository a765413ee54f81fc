import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import {
  batchOf,
  someRecord,
  startUsage,
  World,
  type Usage,
} from '../__testUtils__/startUsage';

jest.setTimeout(120_000);

const DAY_MS = 24 * 3_600_000;
const FIRST = Date.parse('2026-08-03T00:00:00Z');

/** A day of calls: about 20, alike each week. */
function callsOf(day: number, change: (n: number) => Partial<UsageRecord>) {
  const weekday = day % 7;
  return Array.from({ length: weekday > 4 ? 40 : 60 }, (_, n) =>
    someRecord({
      at: new Date(FIRST + day * DAY_MS + n * 60_000).toISOString(),
      inputTokens: 50 + ((n * 37 + day * 11) % 100) * 3,
      outputTokens: 20 + ((n * 53 + day * 7) % 100) * 2,
      latencyMs: 200 + ((n * 29 + day * 13) % 100) * 5,
      declined: (n + day) % 50 === 0,
      language: n % 10 === 0 ? 'de' : 'en',
      topic: (n * 7 + day) % 8,
      ...change(n),
    }),
  );
}

const usual = () => ({});

describe.each(databaseIds)('drift on %s', databaseId => {
  let knex: Knex;
  let world: World;
  let usage: Usage;
  /** What governance was told. */
  const reports: object[] = [];

  beforeAll(async () => {
    knex = await migratedDatabase(databaseId);
    world = new World();
    world.entities.push({
      apiVersion: 'modelhub.dev/v1alpha1',
      kind: 'Model',
      metadata: { name: 'chat', title: 'Chat' },
      spec: { gatewayId: 'acme/chat' },
      relations: [{ type: 'ownedBy', targetRef: 'group:default/care' }],
    });
    world.driftReports = reports;
    usage = await startUsage(knex, world);
  });
  afterAll(() => usage.stop());

  const send = async (records: UsageRecord[]) => {
    const { status } = await usage
      .gateway('gw-1')
      .post('/batches', batchOf(records));
    expect(status).toBe(200);
  };
  const job = (id: string) => usage.rooms.jobs.find(it => it.id === id)!.run();
  const check = async (day: number) => {
    world.now = new Date(FIRST + day * DAY_MS + 4 * 3_600_000);
    await job('model-usage-drift');
    await job('model-usage-drift-alerts');
  };
  /** Days of calls, looked at in the night after the last. */
  const live = async (
    from: number,
    to: number,
    change: (n: number) => Partial<UsageRecord> = usual,
  ) => {
    for (let day = from; day < to; day += 1) {
      await send(callsOf(day, change));
    }
    await check(to);
  };
  const model = async (who = 'dana') =>
    (await usage.as(who).get('/drift/model?model=acme%2Fchat')).body;

  it('collects a reference first, and says how far it is', async () => {
    await live(0, 10);
    expect(await model()).toMatchObject({
      entityRef: 'model:default/chat',
      versions: [
        {
          version: '1.0',
          state: 'collecting',
          collected: { days: 10, calls: 560, ofDays: 28, ofCalls: 1000 },
        },
      ],
      mayChange: true,
    });
    expect((await model('nobody')).mayChange).toBe(false);
  });

  it('is steady while calls stay as they were', async () => {
    await live(10, 42);
    const body = await model();
    expect(body.versions).toMatchObject([
      {
        state: 'steady',
        checked: '2026-09-13',
        reference: { from: '2026-08-03', to: '2026-08-30', setBy: 'system' },
      },
    ]);
    const states = body.features.map(
      (it: { id: string; state: string }) => `${it.id} ${it.state}`,
    );
    expect(states).toEqual([
      'input-length steady',
      'output-length steady',
      'latency steady',
      'language steady',
      'topic steady',
      'declined steady',
      'confidence too-few',
      'feedback too-few',
    ]);
    expect(world.sent).toEqual([]);
    // Each night since the week after the reference, also those that were missed.
    const checks = await knex('usage_drift_checks').orderBy('day').pluck('day');
    expect(checks.at(-1) - checks[0]).toBe(checks.length - 1);
    expect(checks).toHaveLength(8);
  });

  it('counts a batch once, and later when it cannot be written', async () => {
    const days = () =>
      knex('usage_drift_days').orderBy('day').select('day', 'counts');
    const batch = batchOf(
      callsOf(43, usual).map(it => ({ ...it, version: '9.9' })),
    );
    await usage.gateway('gw-1').post('/batches', batch);
    const before = await days();
    await usage.gateway('gw-2').post('/batches', batch);
    expect(await days()).toEqual(before);
    await knex.schema.renameTable('usage_drift_days', 'gone');
    const other = batchOf([someRecord()]);
    await usage.gateway('gw-1').post('/batches', other);
    await knex.schema.renameTable('gone', 'usage_drift_days');
    // All other sums wait with these, and come later.
    const pending = async () => (await knex('usage_pending')).length;
    expect(await pending()).toBe(1);
    world.now = new Date(world.now.getTime() + 60_000);
    await usage.rooms.jobs
      .find(({ id }) => id === 'model-usage-pending')!
      .run();
    expect(await pending()).toBe(0);
    expect(await days()).not.toEqual(before);
  });

  it('alerts once for each time of drift, with its numbers in words', async () => {
    const changed = (n: number) => ({
      inputTokens: 2_000 + n * 10,
      declined: n % 8 === 0,
    });
    await live(42, 49, changed);
    expect((await model()).versions[0]).toMatchObject({ state: 'changed' });
    const alerts = () =>
      world.events.filter(
        it => (it as { type?: string }).type === 'drift.alert',
      );
    expect(alerts()).toMatchObject([
      {
        model: 'acme/chat',
        modelVersion: '1.0',
        taken: [
          { action: 're-evaluate', words: 'New evaluations are asked for.' },
        ],
      },
    ]);
    expect(world.sent).toEqual([
      {
        recipients: ['group:default/care'],
        title: 'Calls of Chat 1.0 differ from its reference',
        link: '/model-usage/drift?model=acme%2Fchat&version=1.0',
      },
    ]);
    const [{ summary }] = alerts() as Array<{ summary: string }>;
    expect(summary).toMatch(
      /^Length of prompts: median about \d+ → [\d,]+ tokens \(PSI \d+\.\d\d, KS \d\.\d\d\); Refusals of the model: 1\.8 % → 13 % of the answers/,
    );
    expect(reports).toMatchObject([
      {
        gatewayId: 'acme/chat',
        modelVersion: '1.0',
        since: expect.stringMatching(/^2026-09-(09|1[0-4])$/),
      },
    ]);
    await live(49, 50, changed);
    expect(alerts()).toHaveLength(1);
    expect(reports).toHaveLength(1);
    const { body } = await usage.as('dana').get('/drift');
    expect(body.items).toMatchObject([
      {
        model: 'acme/chat',
        version: '1.0',
        begun: expect.stringMatching(/^2026-09-(1[5-9]|20)$/),
      },
    ]);
  });

  it('lets its owners say what is usual now, and nobody else', async () => {
    const input = {
      model: 'acme/chat',
      version: '1.0',
      reason: 'A new product asks longer questions.',
    };
    const set = (who: string, fields: object = {}, key?: string) =>
      usage.as(who).post('/drift/references', { ...input, ...fields }, key);
    expect((await set('nobody')).status).toBe(403);
    const short = await set('dana', { from: '2026-09-20', to: '2026-09-20' });
    expect([short.status, short.body.error.message]).toEqual([
      400,
      expect.stringContaining('14 days or more'),
    ]);
    expect((await set('dana', { to: '2027-01-01' })).status).toBe(400);
    const key = randomUUID();
    const first = await set('dana', {}, key);
    expect([first.status, first.body]).toEqual([
      200,
      expect.objectContaining({
        from: '2026-08-25',
        to: '2026-09-21',
        setBy: 'user:default/dana',
      }),
    ]);
    expect((await set('dana', {}, key)).body).toEqual(first.body);
    const { body } = await usage
      .as('dana')
      .get('/drift/model/history?model=acme%2Fchat&version=1.0');
    expect(body.episodes).toMatchObject([{ endedBecause: 'new-reference' }]);
    expect(body.references).toHaveLength(2);
    expect(body.checks.at(-1)).toMatchObject({ state: 'changed' });
    expect((await model()).versions[0]).toMatchObject({ state: 'collecting' });
    expect((await usage.as('dana').get('/drift')).body.items).toEqual([]);
  });

  it('takes feedback once for each call', async () => {
    const items = ['a', 'b'].map(() => ({
      call: randomUUID(),
      at: world.now.toISOString(),
      keyId: 'key-dana',
      model: 'acme/chat',
      version: '1.0',
      score: 1,
    }));
    const old = { ...items[0], call: randomUUID(), at: '2026-01-01T00:00:00Z' };
    const say = (some: object[]) =>
      usage.gateway('gw-1').post('/feedback', { items: some });
    expect((await say([...items, old])).body).toEqual({ accepted: 2 });
    expect((await say(items)).body).toEqual({ accepted: 0 });
    expect((await say([{ ...items[0], score: 2 }])).status).toBe(400);
  });

  it('shows nothing of models that the caller may not read', async () => {
    world.secret.add('model:default/chat');
    const { status } = await usage
      .as('dana')
      .get('/drift/model?model=acme%2Fchat');
    expect(status).toBe(404);
    world.secret.clear();
  });
});
