import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { testDatabases } from './testDatabases';

jest.setTimeout(60_000);

const migrations = mkdtempSync(join(tmpdir(), 'migrations-'));
writeFileSync(
  join(migrations, '1_library.js'),
  `exports.up = async knex => {
     await knex.schema.createTable('shelves', t => {
       t.string('name').primary();
       t.integer('books').notNullable();
     });
     await knex.schema.createTable('books', t => {
       t.increments('id');
       t.string('title');
       t.string('shelf').references('shelves.name');
     });
     await knex('shelves').insert({ name: 'first', books: 0 });
     await knex.raw(
       knex.client.config.client.includes('sqlite')
         ? 'CREATE VIRTUAL TABLE words USING fts5(text)'
         : 'CREATE TABLE words (text text)',
     );
   };
   exports.down = async knex => {};`,
);
afterAll(() => rmSync(migrations, { recursive: true }));

const { databaseIds, migrated } = testDatabases(migrations);

describe.each(databaseIds)('databases of tests on %s', id => {
  let lasting: Knex;
  const seen = new Set<Knex>();

  beforeAll(async () => {
    lasting = await migrated(id);
    await lasting('shelves').insert({ name: 'lasting', books: 1 });
  });

  const wreck = async (knex: Knex) => {
    await knex('shelves').update({ name: 'other', books: 9 });
    const [book] = await knex('books')
      .insert({ title: 'x', shelf: 'other' })
      .returning('id');
    expect(book).toEqual({ id: 1 });
    await knex('words').insert({ text: 'hello' });
  };

  it.each([1, 2, 3])('are as the migrations left them, time %d', async n => {
    const knex = await migrated(id);
    expect(await knex('shelves')).toEqual([{ name: 'first', books: 0 }]);
    expect(await knex('books')).toEqual([]);
    expect(await knex('words')).toEqual([]);
    await wreck(knex);
    seen.add(knex);
    expect(seen.size).toBe(1);

    if (n < 3) return;
    const second = await migrated(id);
    expect(second).not.toBe(knex);
    await second.schema.createTable('more', table => {
      table.increments('id');
    });
    await knex.destroy();
  });

  it('are others where a test closed one or changed its tables', async () => {
    const two = [await migrated(id), await migrated(id)];
    for (const knex of two) {
      expect(seen).not.toContain(knex);
      expect(await knex.schema.hasTable('more')).toBe(false);
      expect(await knex('shelves')).toEqual([{ name: 'first', books: 0 }]);
    }
  });

  it('stay as they are when they belong to all tests', async () => {
    expect(await lasting('shelves').pluck('name')).toContain('lasting');
    expect(await migrated(id)).not.toBe(lasting);
  });
});
