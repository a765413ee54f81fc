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

describe.each(databaseIds)('called scopes on %s', databaseId => {
  let knex: Knex;
  let usage: Usage;

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    usage = await startUsage(knex, new World());
    const passed = (fields: Parameters<typeof someRecord>[0]) =>
      someRecord({ grantId: 'g', ...fields });
    await usage.gateway('gw-1').post(
      '/batches',
      batchOf([
        passed({ at: '2026-11-20T10:00:00.000Z' }),
        passed({ at: '2026-11-19T10:00:00.000Z' }),
        passed({ at: '2026-11-20T11:00:00.000Z', profile: 'shop' }),
        passed({ at: '2026-09-10T11:00:00.000Z' }),
        // Refused: no approval let it pass.
        someRecord({ grantId: undefined, status: 403, attempts: 0 }),
      ]),
    );
  });
  afterEach(() => usage.stop());

  it('sum up what passed by an approval', async () => {
    const { body } = await usage.as('admin').get('/called-scopes?days=30');
    expect(body.items).toMatchObject([
      { profile: 'care', calls: 2, lastAt: '2026-11-20T10:00:00.000Z' },
      { profile: 'shop', calls: 1 },
    ]);
    expect(body.items[0]).toEqual({
      model: 'acme/chat',
      profile: 'care',
      purpose: expect.any(String),
      tier: expect.any(String),
      calls: 2,
      lastAt: '2026-11-20T10:00:00.000Z',
    });
    const all = await usage.as('admin').get('/called-scopes?days=90');
    expect(all.body.items[0]).toMatchObject({ profile: 'care', calls: 3 });
  });

  it('are shown to members of the profile', async () => {
    const { body } = await usage.as('dana').get('/called-scopes');
    expect(
      body.items.map(({ profile }: { profile: string }) => profile),
    ).toEqual(['care']);
  });

  it('tell people what their own profiles, teams and keys called', async () => {
    const own = async (who: string, query = '') =>
      (await usage.as(who).get(`/own-called-models${query}`)).body;
    // What was refused does not count.
    expect(await own('dana')).toEqual({
      items: [{ model: 'acme/chat', calls: 3 }],
    });
    expect(await own('dana', '?days=90')).toEqual({
      items: [{ model: 'acme/chat', calls: 4 }],
    });
    // Not what others called, also not for who may see all of it.
    expect(await own('stranger')).toEqual({ items: [] });
    expect(await own('admin')).toEqual({ items: [] });
  });
});
