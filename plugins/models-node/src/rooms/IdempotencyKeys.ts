import { ConflictError, InputError } from '@backstage/errors';
import { canonicalJson } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { createHash } from 'node:crypto';
import type { Clock } from './Clock';
import { inTransaction, isPostgres } from './transactions';

interface Row {
  caller: string;
  key: string;
  request_hash: string;
  answer: string | null;
}

const KEPT_MS = 7 * 24 * 3600_000;

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/**
 * Remembers the answer to a command by caller and key for seven days, in a
 * table `idempotency_keys` of the plugin (`caller`, `key`, `request_hash`,
 * `answer`, `created_at`; primary key `caller`, `key`). A replay gets the first
 * answer; with another request it is an `InputError`, and while the first still
 * runs a `ConflictError`.
 *
 * @public
 */
export class IdempotencyKeys {
  static create(options: { knex: Knex; clock: Clock }): IdempotencyKeys {
    return new IdempotencyKeys(options.knex, options.clock);
  }

  readonly #knex: Knex;
  readonly #clock: Clock;

  private constructor(knex: Knex, clock: Clock) {
    this.#knex = knex;
    this.#clock = clock;
  }

  /** @param work - gets the transaction in which the key is claimed */
  async run<T extends object>(
    options: { caller: string; key: string | undefined; request: unknown },
    work: (tx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    const { caller, key } = options;
    if (key === undefined) return inTransaction(this.#knex, work);
    const hash = sha256(canonicalJson(options.request)).toString('hex');
    return inTransaction(this.#knex, async tx => {
      await this.#lock(tx, caller, key);
      const [claimed] = await tx('idempotency_keys')
        .insert({
          caller,
          key,
          request_hash: hash,
          created_at: this.#clock.now().toISOString(),
        })
        .onConflict(['caller', 'key'])
        .ignore()
        .returning('key');
      if (!claimed) {
        const row = await tx<Row>('idempotency_keys')
          .where({ caller, key })
          .first();
        if (row?.request_hash !== hash) {
          throw new InputError(
            'This Idempotency-Key was used for another request. Send a new key.',
          );
        }
        return JSON.parse(row.answer ?? '{}') as T;
      }
      const answer = await work(tx);
      await tx('idempotency_keys')
        .where({ caller, key })
        .update({ answer: JSON.stringify(answer) });
      return answer;
    });
  }

  /** Forgets what is older than seven days. */
  async prune(): Promise<void> {
    const before = new Date(this.#clock.now().getTime() - KEPT_MS);
    await this.#knex('idempotency_keys')
      .where('created_at', '<', before.toISOString())
      .delete();
  }

  /** On SQLite calls take turns anyway, so there the second one waits. */
  async #lock(tx: Knex.Transaction, caller: string, key: string) {
    if (!isPostgres(tx)) return;
    const hash = sha256(`idempotency\n${caller}\n${key}`);
    const { rows } = await tx.raw<{ rows: Array<{ locked: boolean }> }>(
      'SELECT pg_try_advisory_xact_lock(?, ?) AS locked',
      [hash.readInt32BE(0), hash.readInt32BE(4)],
    );
    if (!rows[0].locked) {
      throw new ConflictError(
        'The first call with this Idempotency-Key is still running. Ask again in a moment.',
      );
    }
  }
}
