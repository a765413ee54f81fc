import type { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import {
  batchOf,
  someRecord,
  startUsage,
  World,
  type Usage,
} from '../__testUtils__/startUsage';

jest.setTimeout(60_000);

describe.each(databaseIds)('the enforcement report on %s', databaseId => {
  let knex: Knex;
  let usage: Usage;

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    usage = await startUsage(knex, new World());
    const watched = (fields: Parameters<typeof someRecord>[0]) =>
      someRecord({ mode: 'observe', uncovered: 'not-approved', ...fields });
    const send = (...records: ReturnType<typeof someRecord>[]) =>
      usage.gateway('gw-1').post('/batches', batchOf(records));
    await send(
      watched({ at: '2026-11-20T10:00:00.000Z' }),
      watched({ at: '2026-11-19T09:00:00.000Z' }),
      watched({ at: '2026-11-20T11:00:00.000Z', uncovered: 'expired' }),
      watched({ profile: 'shop', keyId: 'other', model: 'acme/old' }),
      someRecord(),
    );
    await send(
      watched({ at: '2026-11-20T08:00:00.000Z' }),
      watched({ at: '2026-09-01T08:00:00.000Z' }),
    );
  });
  afterEach(() => usage.stop());

  const care = {
    profile: 'care',
    model: 'acme/chat',
    keyId: 'key-dana',
    code: 'not-approved',
    calls: 3,
    firstAt: '2026-11-19T09:00:00.000Z',
    lastAt: '2026-11-20T10:00:00.000Z',
  };

  it('says what enforcing would refuse, the most frequent first', async () => {
    const { body } = await usage.as('admin').get('/enforcement-report');
    expect(body).toMatchObject({ from: '2026-10-23T00:00:00.000Z', calls: 5 });
    expect(body.items).toHaveLength(3);
    expect(body.items[0]).toEqual(care);
    const older = await usage
      .as('admin')
      .get('/enforcement-report?profile=care&days=100');
    expect(older.body.items[0]).toMatchObject({
      calls: 4,
      firstAt: '2026-09-01T08:00:00.000Z',
    });
  });

  it('sums up each profile', async () => {
    const { body } = await usage
      .as('admin')
      .get('/enforcement-report/profiles');
    expect(body).toEqual({
      from: '2026-10-23T00:00:00.000Z',
      items: [
        {
          profile: 'care',
          calls: 4,
          models: 1,
          keys: 1,
          firstAt: '2026-11-19T09:00:00.000Z',
          lastAt: '2026-11-20T11:00:00.000Z',
        },
        expect.objectContaining({ profile: 'shop', calls: 1 }),
      ],
    });
    const day = await usage
      .as('admin')
      .get('/enforcement-report/profiles?days=2&limit=1');
    expect(day.body.items).toMatchObject([{ profile: 'care', calls: 3 }]);
    const next = await usage
      .as('admin')
      .get(
        `/enforcement-report/profiles?limit=1&cursor=${day.body.nextCursor}`,
      );
    expect(next.body.items).toMatchObject([{ profile: 'shop' }]);
    const mine = await usage.as('dana').get('/enforcement-report/profiles');
    expect(mine.body.items).toMatchObject([{ profile: 'care' }]);
    expect(
      (await usage.as('dana').get('/enforcement-report/profiles?profile=shop'))
        .status,
    ).toBe(404);
  });

  it('pages', async () => {
    const first = await usage.as('admin').get('/enforcement-report?limit=2');
    expect(first.body.items).toHaveLength(2);
    const next = await usage
      .as('admin')
      .get(`/enforcement-report?limit=2&cursor=${first.body.nextCursor}`);
    expect(next.body.items).toHaveLength(1);
    expect(next.body.nextCursor).toBeUndefined();
    expect(
      (await usage.as('admin').get('/enforcement-report?cursor=x')).status,
    ).toBe(400);
  });

  it('shows members theirs and nobody else anything', async () => {
    const mine = await usage.as('dana').get('/enforcement-report');
    expect(mine.body).toMatchObject({ calls: 4 });
    expect(mine.body.items).toHaveLength(2);
    expect(
      (await usage.as('dana').get('/enforcement-report?profile=shop')).status,
    ).toBe(404);
    expect(
      (await usage.as('eve').get('/enforcement-report')).body,
    ).toMatchObject({ calls: 0, items: [] });
    expect((await usage.as('dana').get('/totals')).body.items).toHaveLength(1);
    expect((await usage.as('dana').get('/totals?profile=shop')).status).toBe(
      404,
    );
  });
});
