import type { Knex } from 'knex';

/**
 * Runs work in one database transaction and runs it again when the database
 * gave up on it (deadlock, serialisation failure, busy SQLite).
 */
export interface Transactions {
  readonly knex: Knex;
  run<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T>;
  /** Reads that all see the same moment. */
  read<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T>;
}
