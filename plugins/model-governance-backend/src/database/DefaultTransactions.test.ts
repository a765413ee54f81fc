import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { DefaultTransactions } from './DefaultTransactions';

jest.setTimeout(60_000);

const failure = (code: string) => Object.assign(new Error(code), { code });

describe.each(databaseIds)('DefaultTransactions on %s', databaseId => {
  it('runs again when the database gave up, and keeps nothing of the lost attempt', async () => {
    const { knex, transactions } = await migratedDatabase(databaseId);
    let attempts = 0;
    await transactions.run(async tx => {
      attempts += 1;
      await tx('ledger_people').insert({
        pseudonym: `person:${attempts}`,
        ref: `user:default/${attempts}`,
      });
      if (attempts < 3) throw failure(attempts === 1 ? '40P01' : 'SQLITE_BUSY');
    });
    expect(attempts).toBe(3);
    expect(await knex('ledger_people').select('pseudonym')).toEqual([
      { pseudonym: 'person:3' },
    ]);
  });

  it('gives up after a bounded number of attempts', async () => {
    const { transactions } = await migratedDatabase(databaseId);
    let attempts = 0;
    await expect(
      transactions.run(async () => {
        attempts += 1;
        throw failure('40001');
      }),
    ).rejects.toThrow(/try again/);
    expect(attempts).toBe(6);
  });

  it('does not run again after any other error', async () => {
    const { transactions } = await migratedDatabase(databaseId);
    let attempts = 0;
    await expect(
      transactions.run(async () => {
        attempts += 1;
        throw failure('23505');
      }),
    ).rejects.toThrow('23505');
    expect(attempts).toBe(1);
  });

  it('reads one moment', async () => {
    const { knex, transactions } = await migratedDatabase(databaseId);
    const seq = async (db: typeof knex) =>
      Number((await db('ledger_head').first('seq')).seq);
    let write = Promise.resolve(0);
    await transactions.read(async tx => {
      expect(await seq(tx)).toBe(0);
      write = (async () => knex('ledger_head').update({ seq: 9 }))();
      // SQLite has one connection, so there nobody can write in between.
      if (databaseId === 'POSTGRES_18') await write;
      expect(await seq(tx)).toBe(0);
    });
    await write;
    expect(await seq(knex)).toBe(9);
  });

  it('resolves a real deadlock', async () => {
    const { knex, transactions } = await migratedDatabase(databaseId);
    await knex('ledger_people').insert([
      { pseudonym: 'a', ref: 'a0' },
      { pseudonym: 'b', ref: 'b0' },
    ]);
    const other = DefaultTransactions.create({ knex });
    let waiting = 2;
    let release = () => {};
    const bothHold = new Promise<void>(resolve => {
      release = resolve;
    });
    const meet = async () => {
      waiting -= 1;
      if (waiting <= 0) release();
      // SQLite lets one transaction in at a time: there is nobody to meet.
      if (databaseId === 'POSTGRES_18') await bothHold;
    };
    const swap =
      (first: string, second: string, name: string) =>
      async (tx: typeof knex) => {
        await tx('ledger_people')
          .where({ pseudonym: first })
          .update({ ref: `${first}-${name}` });
        await meet();
        await tx('ledger_people')
          .where({ pseudonym: second })
          .update({ ref: `${second}-${name}` });
      };
    await Promise.all([
      transactions.run(swap('a', 'b', 'one')),
      other.run(swap('b', 'a', 'two')),
    ]);
    const refs = await knex('ledger_people').orderBy('pseudonym').pluck('ref');
    expect([
      ['a-one', 'b-one'],
      ['a-two', 'b-two'],
    ]).toContainEqual(refs);
  });
});
