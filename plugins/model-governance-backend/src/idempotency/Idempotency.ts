import type { Knex } from 'knex';

/**
 * Remembers the answer to a command by (caller, key). A replay with the same
 * request gives the first answer; with another request it is an `InputError`;
 * while the first one still runs it is a `ConflictError`.
 */
export interface Idempotency {
  /**
   * @param request - Anything that names the command and its input; compared by canonical hash.
   * @param work - Gets the transaction in which the key is claimed, so that state and answer commit together.
   */
  run<T extends object>(
    options: { caller: string; key: string | undefined; request: unknown },
    work: (tx: Knex.Transaction) => Promise<T>,
  ): Promise<T>;
}
