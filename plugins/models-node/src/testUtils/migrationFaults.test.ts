import { TestDatabases } from '@backstage/backend-test-utils';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationFaults } from './migrationFaults';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const folders: string[] = [];
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true })));

it.each(databases.eachSupportedId())('finds what is wrong on %s', async id => {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  folders.push(folder);
  const migration = (name: string, up: string, down: string) =>
    writeFileSync(
      join(folder, name),
      `exports.up = async knex => { ${up} };
       exports.down = async knex => { ${down} };`,
    );
  migration(
    '1_shelves.js',
    `await knex.schema.createTable('shelves', t => { t.increments('id'); });`,
    `await knex.schema.dropTable('shelves');`,
  );
  expect(await migrationFaults(await databases.init(id), folder)).toEqual([]);

  migration(
    '2_books.js',
    `await knex.schema.alterTable('shelves', t => { t.integer('books'); });`,
    '',
  );
  migration('3_nothing.js', '', '');
  const knex = await databases.init(id);
  expect(await migrationFaults(knex, folder)).toEqual([
    '3_nothing.js changes nothing',
    'down of 2_books.js leaves: + shelves.books integer',
  ]);
});
