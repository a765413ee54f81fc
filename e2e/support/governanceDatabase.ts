import { Client } from 'pg';

/** What is held back while the test decides who goes on. */
export interface Gate {
  /** Writers that wait now. */
  waiting(): Promise<number>;
  /** Lets everybody through and removes the trigger. */
  open(): Promise<void>;
}

/**
 * The governance backend's own database, looked at and slowed down from the
 * outside: no part of the product knows that a test is there.
 */
export class GovernanceDatabase {
  static async open(serverUrl: string): Promise<GovernanceDatabase> {
    const url = new URL(serverUrl);
    url.pathname = '/backstage_plugin_model-governance';
    const connection = new Client({ connectionString: url.toString() });
    await connection.connect();
    return new GovernanceDatabase(connection);
  }

  readonly #connection: Client;
  #locks = 710_000;

  private constructor(connection: Client) {
    this.#connection = connection;
  }

  async rows<T extends object>(sql: string, values: unknown[] = []) {
    const result = await this.#connection.query<T>(sql, values);
    return result.rows;
  }

  /** A single number, e.g. `SELECT count(*) AS n`. */
  async count(sql: string, values: unknown[] = []): Promise<number> {
    const [row] = await this.rows<{ n: string }>(sql, values);
    return Number(row.n);
  }

  /** Messages that were neither delivered nor given up. */
  async undelivered(): Promise<number> {
    return this.count(
      'SELECT count(*) AS n FROM outbox WHERE delivered_at IS NULL',
    );
  }

  /**
   * Writers of rows in `table` wait in a trigger, where the SQL condition on
   * `NEW` holds, until the gate opens. Rows that `skip` is true for are not
   * changed at all meanwhile, as if another writer had been faster.
   */
  async close(
    table: string,
    options: { when: string; skip?: string },
  ): Promise<Gate> {
    this.#locks += 1;
    const lock = this.#locks;
    const name = `held_back_${lock}`;
    await this.rows('SELECT pg_advisory_lock($1)', [lock]);
    await this.rows(`
      CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (${options.skip ?? 'false'})
          AND NOT pg_try_advisory_xact_lock_shared(${lock}) THEN
          RETURN NULL;
        END IF;
        IF ${options.when} THEN
          PERFORM pg_advisory_xact_lock_shared(${lock});
        END IF;
        RETURN NEW;
      END $$`);
    await this.rows(
      `CREATE TRIGGER ${name} BEFORE UPDATE ON ${table}
       FOR EACH ROW EXECUTE FUNCTION ${name}()`,
    );
    return {
      waiting: () =>
        this.count(
          `SELECT count(*) AS n FROM pg_locks
           WHERE locktype = 'advisory' AND NOT granted
             AND objid = $1::bigint::oid`,
          [lock],
        ),
      open: async () => {
        await this.rows('SELECT pg_advisory_unlock($1)', [lock]);
        await this.rows(`DROP TRIGGER ${name} ON ${table}`);
        await this.rows(`DROP FUNCTION ${name}()`);
      },
    };
  }

  /** Names of the replicas of which some statement waits for a lock. */
  async waitingReplicas(): Promise<string[]> {
    const rows = await this.rows<{ name: string }>(
      `SELECT DISTINCT application_name AS name FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'
         AND application_name LIKE 'model-hub-%' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  }

  async end(): Promise<void> {
    await this.#connection.end();
  }
}
