import knexFactory, { type Knex } from 'knex';

/** A database of one run of a benchmark. */
export interface ScratchDatabase {
  knex: Knex;
  /** Of PostgreSQL: the server, and what the database is called there. */
  server?: { admin: Knex; name: string };
  drop(): Promise<void>;
}

/** A new database with all tables: on PostgreSQL, or without a URL on SQLite. */
export async function scratchDatabase(options: {
  /** Which benchmark it is for. */
  of: string;
  url: string | undefined;
  migrations: string;
  /** Of PostgreSQL. */
  connections: number;
}): Promise<ScratchDatabase> {
  const { of, url, migrations, connections } = options;
  if (!url) {
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
      pool: { min: 1, max: 1 },
    });
    await knex.migrate.latest({ directory: migrations });
    return { knex, drop: () => knex.destroy() };
  }
  const name = `bench_${of}_${process.pid}_${Date.now()}`;
  const admin = knexFactory({ client: 'pg', connection: url });
  await admin.raw(`CREATE DATABASE ${name}`);
  const target = new URL(url);
  target.pathname = `/${name}`;
  // Connections stay, so that what they took can be asked of each.
  const knex = knexFactory({
    client: 'pg',
    connection: target.href,
    pool: { min: 2, max: connections },
  });
  await knex.migrate.latest({ directory: migrations });
  return {
    knex,
    server: { admin, name },
    drop: async () => {
      await knex.destroy();
      await admin.raw(`DROP DATABASE ${name}`);
      await admin.destroy();
    },
  };
}
