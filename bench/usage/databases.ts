import knexFactory, { type Knex } from 'knex';
import { readFileSync } from 'node:fs';
import { migrationsDirectory } from '../../plugins/model-usage-backend/src/database';

/** A database of a benchmark. */
export interface BenchDatabase {
  knex: Knex;
  /** Seconds of processor time that PostgreSQL's processes took for it so far; 0 where they cannot be seen. */
  serverSeconds(): Promise<number>;
  drop(): Promise<void>;
}

/** Ticks of Linux, as `getconf CLK_TCK` tells everywhere. */
const TICKS_PER_SECOND = 100;

/** Of one process, on Linux. */
function secondsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** A new database with all tables: on PostgreSQL, or without a URL on SQLite. */
export async function openDatabase(
  url: string | undefined,
): Promise<BenchDatabase> {
  if (!url) {
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
      pool: { min: 1, max: 1 },
    });
    await knex.migrate.latest({ directory: migrationsDirectory });
    return {
      knex,
      serverSeconds: async () => 0,
      drop: () => knex.destroy(),
    };
  }
  const name = `bench_usage_${process.pid}_${Date.now()}`;
  const admin = knexFactory({ client: 'pg', connection: url });
  await admin.raw(`CREATE DATABASE ${name}`);
  const target = new URL(url);
  target.pathname = `/${name}`;
  // Connections stay, so that what they took can be asked of each.
  const knex = knexFactory({
    client: 'pg',
    connection: target.href,
    pool: { min: 2, max: 4 },
  });
  await knex.migrate.latest({ directory: migrationsDirectory });
  return {
    knex,
    serverSeconds: async () => {
      const { rows } = await admin.raw<{ rows: Array<{ pid: number }> }>(
        'SELECT pid FROM pg_stat_activity WHERE datname = ?',
        [name],
      );
      return rows.reduce((sum, { pid }) => sum + secondsOf(pid), 0);
    },
    drop: async () => {
      await knex.destroy();
      await admin.raw(`DROP DATABASE ${name}`);
      await admin.destroy();
    },
  };
}
