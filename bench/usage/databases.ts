import type { Knex } from 'knex';
import { readFileSync } from 'node:fs';
import { migrationsDirectory } from '../../plugins/model-usage-backend/src/database';
import { scratchDatabase } from '../scratchDatabase';

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
  const { knex, server, drop } = await scratchDatabase({
    of: 'usage',
    url,
    migrations: migrationsDirectory,
    connections: 4,
  });
  return {
    knex,
    serverSeconds: async () => {
      if (!server) return 0;
      const { rows } = await server.admin.raw<{ rows: Array<{ pid: number }> }>(
        'SELECT pid FROM pg_stat_activity WHERE datname = ?',
        [server.name],
      );
      return rows.reduce((sum, { pid }) => sum + secondsOf(pid), 0);
    },
    drop,
  };
}
