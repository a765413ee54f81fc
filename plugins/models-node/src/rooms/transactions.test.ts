import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { takeTurn, Transactions } from './transactions';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const failure = (code: string) => Object.assign(new Error(code), { code });

describe.each(databases.eachSupportedId())('transactions on %s', databaseId => {
  let knex: Knex;
  let transactions: Transactions;
  beforeAll(async () => {
    knex = await databases.init(databaseId);
    transactions = Transactions.create({ knex });
    await knex.schema.createTable('shelf', table => {
      table.string('name').primary();
      table.integer('books').notNullable();
    });
  });
  beforeEach(async () => {
    await knex('shelf').delete();
  });

  it('runs again when the database gave up, and keeps nothing of the lost attempt', async () => {
    let attempts = 0;
    await transactions.run(async tx => {
      attempts += 1;
      await tx('shelf').insert({ name: `attempt ${attempts}`, books: 1 });
      if (attempts < 3) throw failure(attempts === 1 ? '40P01' : 'SQLITE_BUSY');
    });
    expect(attempts).toBe(3);
    expect(await knex('shelf').pluck('name')).toEqual(['attempt 3']);
  });

  it('gives up after a bounded number of attempts', async () => {
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
    await knex('shelf').insert({ name: 'a', books: 0 });
    const books = async (db: Knex) =>
      Number((await db('shelf').first('books')).books);
    let write = Promise.resolve(0);
    await transactions.read(async tx => {
      expect(await books(tx)).toBe(0);
      write = (async () => knex('shelf').update({ books: 9 }))();
      // SQLite has one connection, so there nobody can write in between.
      if (databaseId === 'POSTGRES_18') await write;
      expect(await books(tx)).toBe(0);
    });
    await write;
    expect(await books(knex)).toBe(9);
  });

  it('resolves a real deadlock', async () => {
    await knex('shelf').insert([
      { name: 'a', books: 0 },
      { name: 'b', books: 0 },
    ]);
    const other = Transactions.create({ knex });
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
    const putInto =
      (first: string, second: string, books: number) =>
      async (tx: Knex.Transaction) => {
        await tx('shelf').where({ name: first }).update({ books });
        await meet();
        await tx('shelf').where({ name: second }).update({ books });
      };
    await Promise.all([
      transactions.run(putInto('a', 'b', 1)),
      other.run(putInto('b', 'a', 2)),
    ]);
    expect([
      [1, 1],
      [2, 2],
    ]).toContainEqual(await knex('shelf').orderBy('name').pluck('books'));
  });

  it('lets others have their turn only when the work is done', async () => {
    await knex('shelf').insert({ name: 'a', books: 0 });
    const buy = async () =>
      transactions.run(async tx => {
        await takeTurn(tx, 'library', 'buying');
        const { books } = await tx('shelf').where({ name: 'a' }).first();
        await tx('shelf')
          .where({ name: 'a' })
          .update({ books: books + 1 });
      });
    await Promise.all(Array.from({ length: 8 }, buy));
    expect(await knex('shelf').pluck('books')).toEqual([8]);
  });
});
