import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { TestClock } from '../testUtils/TestClock';
import { IdempotencyKeys } from './IdempotencyKeys';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

async function databaseWithKeys(id: TestDatabaseId) {
  const knex = await databases.init(id);
  await knex.schema.createTable('idempotency_keys', table => {
    table.string('caller').notNullable();
    table.string('key').notNullable();
    table.string('request_hash').notNullable();
    table.text('answer');
    table.string('created_at').notNullable();
    table.primary(['caller', 'key']);
  });
  await knex.schema.createTable('deeds', table => {
    table.string('name').primary();
  });
  return knex;
}

describe.each(databases.eachSupportedId())('IdempotencyKeys on %s', id => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await databaseWithKeys(id);
  });
  beforeEach(async () => {
    await knex('deeds').delete();
    await knex('idempotency_keys').delete();
  });

  function setup() {
    const clock = new TestClock();
    const idempotency = IdempotencyKeys.create({ knex, clock });
    const count = async () =>
      Number((await knex('deeds').count({ n: '*' }))[0].n);
    const work = (name: string) => async (tx: Knex.Transaction) => {
      await tx('deeds').insert({ name });
      return { name };
    };
    return { clock, idempotency, count, work };
  }
  const call = { caller: 'user:default/ann', key: 'key-00000001' };

  it('gives the first answer again and does nothing twice', async () => {
    const { idempotency, count, work } = setup();
    const options = { ...call, request: { b: 1, a: 2 } };
    expect(await idempotency.run(options, work('one'))).toEqual({
      name: 'one',
    });
    expect(
      await idempotency.run({ ...call, request: { a: 2, b: 1 } }, work('two')),
    ).toEqual({ name: 'one' });
    expect(await count()).toBe(1);
  });

  it('refuses another request under the same key', async () => {
    const { idempotency, count, work } = setup();
    await idempotency.run({ ...call, request: 1 }, work('one'));
    await expect(
      idempotency.run({ ...call, request: 2 }, work('two')),
    ).rejects.toThrow(/was used for another request/);
    expect(await count()).toBe(1);
  });

  it('keeps callers apart, and runs without a key', async () => {
    const { idempotency, count, work } = setup();
    await idempotency.run({ ...call, request: 1 }, work('one'));
    await idempotency.run(
      { ...call, caller: 'user:default/bob', request: 1 },
      work('two'),
    );
    await idempotency.run({ ...call, key: undefined, request: 1 }, work('3'));
    expect(await count()).toBe(3);
  });

  it('forgets a call that failed, so that it can be tried again', async () => {
    const { idempotency, count, work } = setup();
    await expect(
      idempotency.run({ ...call, request: 1 }, async tx => {
        await work('lost')(tx);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await count()).toBe(0);
    expect(
      await idempotency.run({ ...call, request: 1 }, work('kept')),
    ).toEqual({ name: 'kept' });
  });

  it('does the work once when two replicas race', async () => {
    const { clock, idempotency, count, work } = setup();
    const replica = IdempotencyKeys.create({ knex, clock });
    const options = { ...call, request: 1 };
    const results = await Promise.allSettled([
      idempotency.run(options, work('one')),
      replica.run(options, work('two')),
    ]);
    expect(await count()).toBe(1);
    const answers = results
      .filter(r => r.status === 'fulfilled')
      .map(r => r.value.name);
    expect(answers.length).toBeGreaterThan(0);
    expect(new Set(answers).size).toBe(1);
    const refusals = results
      .filter(r => r.status === 'rejected')
      .filter(r => !/still running/.test(r.reason.message));
    expect(refusals).toEqual([]);
    expect(await replica.run(options, work('three'))).toEqual({
      name: answers[0],
    });
  });

  it('forgets answers after a week', async () => {
    const { idempotency, clock, count, work } = setup();
    await idempotency.run({ ...call, request: 1 }, work('one'));
    clock.advance(6 * 24 * 3600);
    await idempotency.prune();
    await idempotency.run({ ...call, request: 1 }, work('again'));
    expect(await count()).toBe(1);
    clock.advance(2 * 24 * 3600);
    await idempotency.prune();
    await idempotency.run({ ...call, request: 1 }, work('again'));
    expect(await count()).toBe(2);
  });
});
