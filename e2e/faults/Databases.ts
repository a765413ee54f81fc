import type { Knex } from 'knex';
import fs from 'node:fs';
import path from 'node:path';
import knexFactory from 'knex';

/** Where the backends of a run keep their tables. */
export interface Databases {
  /** For the configuration of a backend. */
  backend: object;
  of(pluginId: string): Knex.Config;
  close(): Promise<void>;
}

export function sqliteIn(folder: string): Databases {
  const directory = path.join(folder, 'db');
  fs.mkdirSync(directory);
  return {
    backend: { client: 'better-sqlite3', connection: { directory } },
    of: pluginId => ({
      client: 'better-sqlite3',
      connection: path.join(directory, `${pluginId}.sqlite`),
      useNullAsDefault: true,
    }),
    async close() {},
  };
}

/** Databases of its own on a server, which are dropped at the end. */
export function postgresAt(url: string, run: string): Databases {
  const { hostname, port, username, password } = new URL(url);
  const connection = {
    host: hostname,
    port: Number(port),
    user: username,
    password,
  };
  const prefix = `faults_${run}_`;
  return {
    backend: { client: 'pg', connection, prefix },
    of: pluginId => ({
      client: 'pg',
      connection: { ...connection, database: `${prefix}${pluginId}` },
    }),
    async close() {
      const knex = knexFactory({ client: 'pg', connection: url });
      const { rows } = await knex.raw(
        'select datname from pg_database where starts_with(datname, ?)',
        [prefix],
      );
      for (const { datname } of rows) {
        await knex.raw('drop database if exists ?? with (force)', [datname]);
      }
      await knex.destroy();
    },
  };
}
