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

jest.setTimeout(60_000);

describe.each(databaseIds)('ingest on %s', databaseId => {
  let knex: Knex;
  let world: World;
  let usage: Usage;

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    world = new World();
    usage = await startUsage(knex, world);
  });
  afterEach(() => usage.stop());

  const count = async (table: string) =>
    Number((await knex(table).count({ n: '*' }))[0].n);

  /** Records that are known as taken. */
  const taken = async () => {
    const rows = await knex('usage_taken_ids').select('ids');
    return rows.reduce((sum, { ids }) => sum + ids.length / 16, 0);
  };

  it('takes a batch once, and answers a repeat with the first receipt', async () => {
    const batch = batchOf([someRecord(), someRecord({ model: 'acme/other' })]);
    const first = await usage.gateway('gw-1').post('/batches', batch);
    expect([first.status, first.body]).toEqual([
      200,
      {
        batchId: batch.batchId,
        receivedAt: world.now.toISOString(),
        records: 2,
        accepted: 2,
      },
    ]);
    world.now = new Date(world.now.getTime() + 60_000);
    const again = await usage.gateway('gw-1').post('/batches', batch);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(await taken()).toBe(2);
    const { body } = await usage.as('admin').get('/totals');
    expect(body.items).toMatchObject([{ calls: 1 }, { calls: 1 }]);
  });

  it('takes a record once, in whichever batches it comes', async () => {
    const known = someRecord();
    await usage.gateway('gw-1').post('/batches', batchOf([known]));
    const { body } = await usage
      .gateway('gw-1')
      .post('/batches', batchOf([known, someRecord()]));
    expect(body).toMatchObject({ records: 2, accepted: 1 });
    const totals = await usage.as('admin').get('/totals');
    expect(totals.body.items).toMatchObject([
      { calls: 2, cost: 2, inputTokens: 200 },
    ]);
  });

  it('takes it once from two replicas that get it at the same time', async () => {
    const other = await startUsage(knex, world);
    const records = Array.from({ length: 300 }, () => someRecord());
    const same = batchOf(records);
    const overlapping = batchOf([...records].reverse());
    const answers = await Promise.all([
      usage.gateway('gw-1').post('/batches', same),
      other.gateway('gw-1').post('/batches', same),
      usage.gateway('gw-2').post('/batches', overlapping),
      other.gateway('gw-2').post('/batches', overlapping),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await taken()).toBe(300);
    const { body } = await usage.as('admin').get('/totals');
    expect(body.items).toMatchObject([{ calls: 300, cost: 300 }]);
    await other.stop();
  });

  it('takes the largest batch, with the longest of names', async () => {
    const long = (letter: string) => letter.repeat(512);
    const records = Array.from({ length: 1000 }, (_, n) =>
      someRecord({
        model: long('ß'),
        profile: long('p'),
        keyId: `${n % 7}${long('k').slice(1)}`,
        team: long('t'),
        providerModel: long('m'),
      }),
    );
    const { status, body } = await usage
      .gateway('gw-1')
      .post('/batches', batchOf(records));
    expect([status, body.accepted]).toEqual([200, 1000]);
    expect(await count('usage_totals')).toBe(7);
  });

  it('sums up by month, model, key and currency', async () => {
    await usage.gateway('gw-1').post(
      '/batches',
      batchOf([
        someRecord({ at: '2026-10-31T23:59:59.999Z' }),
        someRecord({ at: '2026-11-01T00:00:00.000Z' }),
        someRecord({ costMicros: undefined, currency: undefined }),
        someRecord({ tokensEstimated: true }),
        someRecord({
          status: 403,
          code: 'model_not_approved',
          attempts: 0,
          calls: 40,
          inputTokens: undefined,
          outputTokens: undefined,
          costMicros: undefined,
          currency: undefined,
          until: '2026-11-21T11:59:30.000Z',
        }),
      ]),
    );
    const get = (month: string) =>
      usage.as('admin').get(`/totals?month=${month}`);
    expect((await get('2026-10')).body.items).toMatchObject([{ calls: 1 }]);
    expect((await get('2026-11')).body.items).toEqual([
      expect.objectContaining({
        calls: 41,
        refused: 40,
        unpricedCalls: 1,
        inputTokens: 100,
      }),
      expect.objectContaining({
        calls: 2,
        estimatedCalls: 1,
        cost: 2,
        currency: 'EUR',
        outputTokens: 100,
      }),
    ]);
  });

  it('says what is wrong with a batch, and takes none of it', async () => {
    const bad = { ...someRecord(), prompt: 'secret' };
    const { status, body } = await usage
      .gateway('gw-1')
      .post('/batches', batchOf([someRecord(), bad]));
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringContaining("batch.records[1] has an unknown field 'prompt'"),
    ]);
    expect(await taken()).toBe(0);
  });

  it('forgets records after their time and keeps the totals', async () => {
    await usage
      .gateway('gw-1')
      .post(
        '/batches',
        batchOf([someRecord(), someRecord({ at: '2026-08-01T00:00:00Z' })]),
      );
    await usage.rooms.jobs.find(({ id }) => id === 'model-usage-prune')!.run();
    expect(await taken()).toBe(1);
    expect(await count('usage_totals')).toBe(2);
  });

  describe('a gateway', () => {
    const send = (id: string) =>
      usage.gateway(id).post('/batches', batchOf([someRecord()]));

    it('has to be enrolled', async () => {
      expect((await send('gw-9')).status).toBe(401);
    });

    it('is asked for again when it has a new key, and gone when it was removed', async () => {
      expect((await send('gw-1')).status).toBe(200);
      const [, second] = [...world.gateways.values()];
      world.gateways.set('gw-1', second);
      expect((await send('gw-1')).status).toBe(200);
      world.gateways.delete('gw-1');
      world.now = new Date(world.now.getTime() + 61_000);
      expect((await send('gw-1')).status).toBe(401);
    });

    it('is let in for a while without governance, and told to wait after', async () => {
      expect((await send('gw-1')).status).toBe(200);
      world.governanceIsDown = true;
      expect((await send('gw-1')).status).toBe(200);
      expect((await send('gw-2')).status).toBe(503);
    });

    it('shows a proof that counts once, on all replicas', async () => {
      const other = await startUsage(knex, world);
      const body = batchOf([someRecord()]);
      const first = usage.gateway('gw-1').post('/batches', body);
      const { authorization } = (
        first as unknown as { header: Record<string, string> }
      ).header;
      expect((await first).status).toBe(200);
      const replay = await other
        .gateway('gw-1')
        .post('/batches', body)
        .set('authorization', authorization);
      expect([replay.status, replay.body.error.message]).toEqual([
        401,
        expect.stringContaining('used before'),
      ]);
      await other.stop();
    });

    it('is nobody else: users and services report nothing', async () => {
      for (const header of ['Bearer x', '', 'Gateway a.b.c']) {
        const answer = await usage
          .gateway('gw-1')
          .post('/batches', batchOf([someRecord()], randomUUID()))
          .set('authorization', header);
        expect(answer.status).toBe(401);
      }
    });
  });
});
