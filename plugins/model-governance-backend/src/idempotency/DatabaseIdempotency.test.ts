import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { TestClock } from '../__testUtils__/TestClock';
import { DefaultTransactions } from '../database';
import { DatabaseIdempotency } from './DatabaseIdempotency';

jest.setTimeout(60_000);

describe.each(databaseIds)('DatabaseIdempotency on %s', databaseId => {
  async function setup() {
    const { knex, transactions } = await migratedDatabase(databaseId);
    const clock = new TestClock();
    const idempotency = DatabaseIdempotency.create({ transactions, clock });
    const count = async () =>
      Number((await knex('ledger_people').count({ n: '*' }))[0].n);
    const work =
      (name: string) =>
      async (tx: Parameters<Parameters<typeof transactions.run>[0]>[0]) => {
        await tx('ledger_people').insert({ pseudonym: name, ref: name });
        return { name };
      };
    return { knex, clock, idempotency, count, work };
  }
  const call = { caller: 'user:default/ann', key: 'key-00000001' };

  it('gives the first answer again and does nothing twice', async () => {
    const { idempotency, count, work } = await setup();
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
    const { idempotency, count, work } = await setup();
    await idempotency.run({ ...call, request: 1 }, work('one'));
    await expect(
      idempotency.run({ ...call, request: 2 }, work('two')),
    ).rejects.toThrow(/was used for another request/);
    expect(await count()).toBe(1);
  });

  it('keeps callers apart, and runs without a key', async () => {
    const { idempotency, count, work } = await setup();
    await idempotency.run({ ...call, request: 1 }, work('one'));
    await idempotency.run(
      { ...call, caller: 'user:default/bob', request: 1 },
      work('two'),
    );
    await idempotency.run({ ...call, key: undefined, request: 1 }, work('3'));
    expect(await count()).toBe(3);
  });

  it('forgets a call that failed, so that it can be tried again', async () => {
    const { idempotency, count, work } = await setup();
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
    const { knex, clock, idempotency, count, work } = await setup();
    const replica = DatabaseIdempotency.create({
      transactions: DefaultTransactions.create({ knex }),
      clock,
    });
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
    const { idempotency, clock, count, work } = await setup();
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
