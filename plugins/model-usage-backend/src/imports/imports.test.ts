import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { UsageImportInput } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { someRecord, startUsage, World } from '../__testUtils__/startUsage';
import { TestUsage } from '../rollups/__testUtils__/TestUsage';
import { ImportService } from './ImportService';

jest.setTimeout(60_000);

const someone = {} as BackstageCredentials;

const HEAD = 'at,model,version,caller,calls,input_tokens,cost,currency';

const file = (...lines: string[]): UsageImportInput => ({
  format: 'csv',
  fileName: 'november.csv',
  content: [HEAD, ...lines].join('\n'),
});

const GOOD = [
  '2026-11-20,acme/chat,1.0,group:default/care,100,5000,1.25,EUR',
  '2026-11-20,acme/chat,1.0,group:default/care,100,5000,1.25,EUR',
  '2026-06-01T10:00:00Z,acme/code,,,7,70,0.50,USD',
];

describe.each(databaseIds)('imports on %s', databaseId => {
  let knex: Knex;
  let usage: TestUsage;
  let isAllowed: boolean;

  const service = () =>
    ImportService.create({
      knex,
      clock: { now: () => usage.now },
      rollups: usage.writer,
      rules: [{ namespace: 'llm', model: 'acme/chat', version: '1.0' }],
      visibility: {
        demand: async (_, { name }) => {
          if (!isAllowed) throw new NotAllowedError(name);
          return 'user:default/ada';
        },
      },
    });

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    usage = new TestUsage(knex);
    isAllowed = true;
  });

  const sums = async () => {
    const all = [];
    for (const [table, key] of [
      ['usage_minutes', 'series_id'],
      ['usage_hours', 'series_id'],
      ['usage_days', 'series_id'],
      ['usage_months', 'series_id'],
      ['usage_called_weeks', 'series_id'],
      ['usage_part_days', 'part_id'],
      ['usage_part_months', 'part_id'],
    ]) {
      all.push(await knex(table).orderBy(['at', key]));
    }
    return all;
  };

  const callsOfMonths = () =>
    usage.store.sums({
      level: 'month',
      from: new Date('2026-01-01'),
      to: new Date('2027-01-01'),
      by: ['at', 'model', 'currency', 'source'],
    });

  it('says what a file would add, and adds it once', async () => {
    const input = file(...GOOD);
    const preview = await service().take(someone, { ...input, dryRun: true });
    expect(preview).toMatchObject({
      rows: 3,
      known: 0,
      problemCount: 0,
      new: {
        rows: 3,
        calls: 207,
        inputTokens: 10_070,
        costs: [
          { currency: 'EUR', amount: 2.5 },
          { currency: 'USD', amount: 0.5 },
        ],
        from: '2026-06-01T10:00:00.000Z',
        to: '2026-11-20T00:00:00.000Z',
      },
    });
    expect(preview.import).toBeUndefined();
    expect(preview.sample[2]).toMatchObject({
      line: 4,
      model: 'acme/code',
      cost: 0.5,
    });
    expect(await callsOfMonths()).toEqual([]);

    const [first, again] = await Promise.all([
      service().take(someone, input),
      service().take(someone, input),
    ]);
    const later = await service().take(someone, input);
    expect(first.import?.id).toBe(again.import?.id);
    expect(later).toMatchObject({ repeats: first.import?.id, known: 3 });
    expect(await callsOfMonths()).toMatchObject([
      { model: 'acme/code', calls: 7, costMicros: 500_000, source: 'csv' },
      { model: 'acme/chat', calls: 200, costMicros: 2_500_000, source: 'csv' },
    ]);
    expect((await service().list(someone, {})).items).toEqual([first.import]);
  });

  it('counts rows once that are in two files, and those with other numbers not at all', async () => {
    await service().take(someone, file(...GOOD));
    const more = file(
      ...GOOD,
      '2026-11-21,acme/chat,1.0,group:default/care,1,1,0.01,EUR',
    );
    const outcome = await service().take(someone, more);
    expect(outcome).toMatchObject({ known: 3, new: { rows: 1, calls: 1 } });
    const withIds = (calls: number): UsageImportInput => ({
      ...file(),
      content: `id,at,model,calls\nrow-1,2026-11-20,acme/id,${calls}`,
    });
    await service().take(someone, withIds(5));
    const changed = await service().take(someone, {
      ...withIds(6),
      dryRun: true,
    });
    expect(changed).toMatchObject({
      new: { rows: 0 },
      problems: [
        {
          line: 2,
          message: expect.stringContaining('from november.csv. Undo'),
        },
      ],
    });
    await expect(service().take(someone, withIds(6))).rejects.toThrow(
      'The file is not taken: 1 of its 1 rows cannot be. The first is line 2',
    );
  });

  it('takes nothing of a file with bad rows, unless they are left out', async () => {
    const input = file(
      GOOD[0],
      '2026-11-20,,1.0,,1,1,,',
      GOOD[0].replace('100', 'many'),
    );
    await expect(service().take(someone, input)).rejects.toThrow(
      '2 of its 3 rows cannot be. The first is line 3: column model is empty. Mend them, or leave them out.',
    );
    expect(await callsOfMonths()).toEqual([]);
    const { import: taken } = await service().take(someone, {
      ...input,
      leaveOutBadRows: true,
    });
    expect(taken?.added).toMatchObject({ rows: 1, calls: 100 });
  });

  it('takes back what an import added, to the last row, and may take it again', async () => {
    await usage.take([
      someRecord({ at: '2026-11-20T00:00:30.000Z', model: 'acme/chat' }),
    ]);
    await service().take(
      someone,
      file('2026-11-20,acme/chat,1.0,group:default/care,3,1,0.01,EUR'),
    );
    const before = await sums();
    const { import: taken } = await service().take(someone, file(...GOOD));
    expect(await sums()).not.toEqual(before);
    const id = taken?.id ?? '';
    const [undone] = await Promise.all([
      service().undo(someone, id),
      service().undo(someone, id),
    ]);
    expect(undone).toMatchObject({
      id,
      undoneAt: usage.now.toISOString(),
      undoneBy: 'user:default/ada',
    });
    expect(await sums()).toEqual(before);
    await service().undo(someone, id);
    expect(await sums()).toEqual(before);
    const again = await service().take(someone, file(...GOOD));
    expect(again.import).toMatchObject({ added: { rows: 3 } });
    expect(again.import?.id).not.toBe(id);
    await expect(service().undo(someone, taken?.digest ?? '')).rejects.toThrow(
      'There is no import',
    );
  });

  it('takes back nothing where it never counted', async () => {
    const { import: taken } = await service().take(
      someone,
      file('2025-01-01,acme/chat,1.0,,3,1,0.01,EUR'),
    );
    // Longer kept meanwhile: hours of then would become less than nothing.
    usage = new TestUsage(knex, { minute: 9_000, hour: 9_000, day: 9_000 });
    await service().undo(someone, taken?.id ?? '');
    expect((await sums()).flat()).toEqual([]);
  });

  it('counts costs of OpenCost as those of models', async () => {
    const content = JSON.stringify({
      code: 200,
      data: [
        Object.fromEntries(
          ['llm', 'other'].map(namespace => [
            namespace,
            {
              properties: { namespace, controller: 'chat' },
              window: {
                start: '2026-11-20T00:00:00Z',
                end: '2026-11-21T00:00:00Z',
              },
              totalCost: 12.5,
            },
          ]),
        ),
      ],
    });
    const outcome = await service().take(someone, {
      format: 'opencost-json',
      fileName: 'opencost.json',
      currency: 'EUR',
      content,
    });
    expect(outcome.unmapped).toEqual([
      { namespace: 'other', controller: 'chat', rows: 1, amount: 12.5 },
    ]);
    expect(await callsOfMonths()).toMatchObject([
      {
        model: 'acme/chat',
        calls: 0,
        costMicros: 12_500_000,
        source: 'opencost',
        currency: 'EUR',
      },
    ]);
  });

  it('is for those who may', async () => {
    isAllowed = false;
    const denied = [
      service().take(someone, { ...file(...GOOD), dryRun: true }),
      service().list(someone, {}),
      service().undo(someone, 'x'),
    ];
    for (const one of denied) {
      await expect(one).rejects.toThrow('model.usage.import');
    }
  });
});

it('works over HTTP, and tells how sources are', async () => {
  const usage = await startUsage(
    await migratedDatabase('SQLITE_3'),
    new World(),
    {
      sources: [
        {
          id: 'our-bill',
          pull: async () => {
            throw new Error('The bill is locked');
          },
        },
      ],
    },
  );
  const admin = usage.as('admin');
  const taken = await admin.post('/imports', file(...GOOD));
  expect([taken.status, taken.body.import.added.calls]).toEqual([200, 207]);
  const undone = await admin.post(`/imports/${taken.body.import.id}/undo`, {});
  expect([undone.status, undone.body.undoneBy]).toEqual([
    200,
    'user:default/admin',
  ]);
  const list = await admin.get('/imports?limit=1');
  expect(list.body.items).toEqual([undone.body]);
  expect((await usage.as('dana').post('/imports', file(...GOOD))).status).toBe(
    403,
  );
  expect(
    (await admin.post('/imports', { ...file(), format: 'xlsx' })).status,
  ).toBe(400);

  expect((await admin.get('/sources')).body.items).toEqual([
    { id: 'our-bill', isConfigured: true, taken: 0 },
  ]);
  const asked = await admin.post('/sources/our-bill/retry', {});
  expect([asked.status, asked.body]).toEqual([
    200,
    {
      id: 'our-bill',
      isConfigured: true,
      taken: 0,
      askedAt: expect.any(String),
      problem: 'The bill is locked',
    },
  ]);
  expect((await admin.post('/sources/nobody/retry', {})).status).toBe(404);
  expect((await usage.as('dana').get('/sources')).status).toBe(403);
  await usage.stop();
});
