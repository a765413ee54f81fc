import type { Knex } from 'knex';
import { readdirSync } from 'node:fs';
import { isPostgres } from '../rooms';
import type { BothDatabases } from './testDatabases';

/** Tables, their columns, and indexes. */
async function schemaOf(knex: Knex): Promise<string[]> {
  const { rows }: { rows: Array<{ name: string }> } = isPostgres(knex)
    ? await knex.raw(`
        SELECT tablename AS name FROM pg_tables
          WHERE schemaname = current_schema()
        UNION SELECT indexname FROM pg_indexes
          WHERE schemaname = current_schema()
        UNION SELECT table_name || '.' || column_name || ' ' || data_type
          FROM information_schema.columns WHERE table_schema = current_schema()`)
    : {
        rows: await knex.raw(`
        SELECT name FROM sqlite_master WHERE type IN ('table', 'index')
        UNION SELECT t.name || '.' || c.name || ' ' || c.type
          FROM sqlite_master t, pragma_table_info(t.name) c
          WHERE t.type = 'table'`),
      };
  return rows
    .map(row => row.name)
    .filter(name => !/^(knex_migrations|sqlite_)/.test(name))
    .sort();
}

/**
 * Tests that each migration of a folder changes what there is, that `down`
 * leaves what was there before, and that all of them go up again, on every
 * supported database.
 *
 * @public
 */
export function describeMigrations(
  migrations: string,
  { databases, databaseIds }: BothDatabases,
): void {
  it('runs on both databases', () => {
    expect(databaseIds.flat().sort()).toEqual(['POSTGRES_18', 'SQLITE_3']);
  });

  describe.each(databaseIds)('migrations on %s', databaseId => {
    it('go up one by one, down one by one, and up again', async () => {
      const knex = await databases.init(databaseId);
      const options = { directory: migrations };
      const files = readdirSync(migrations).filter(f => f.endsWith('.js'));
      expect(files).not.toEqual([]);
      const schemas = [await schemaOf(knex)];
      expect(schemas[0]).toEqual([]);

      for (const file of files) {
        await knex.migrate.up(options);
        const schema = await schemaOf(knex);
        expect({ file, schema }).not.toEqual({ file, schema: schemas.at(-1) });
        schemas.push(schema);
      }
      for (const [n, before] of [...schemas.entries()].slice(0, -1).reverse()) {
        await knex.migrate.down(options);
        const schema = await schemaOf(knex);
        expect({ file: files[n], schema }).toEqual({
          file: files[n],
          schema: before,
        });
      }

      await knex.migrate.latest(options);
      expect(await schemaOf(knex)).toEqual(schemas.at(-1));
    });
  });
}
