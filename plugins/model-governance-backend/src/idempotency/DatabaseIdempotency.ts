import { ConflictError, InputError } from '@backstage/errors';
import { canonicalJson } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { isPostgres, type Clock, type Transactions } from '../database';
import type { Idempotency } from './Idempotency';

interface Row {
  caller: string;
  key: string;
  request_hash: string;
  answer: string | null;
}

const KEPT_MS = 7 * 24 * 3600_000;

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** Answers are kept for seven days. */
export class DatabaseIdempotency implements Idempotency {
  static create(options: {
    transactions: Transactions;
    clock: Clock;
  }): DatabaseIdempotency {
    return new DatabaseIdempotency(options.transactions, options.clock);
  }

  readonly #transactions: Transactions;
  readonly #clock: Clock;

  private constructor(transactions: Transactions, clock: Clock) {
    this.#transactions = transactions;
    this.#clock = clock;
  }

  async run<T extends object>(
    options: { caller: string; key: string | undefined; request: unknown },
    work: (tx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    const { caller, key } = options;
    if (key === undefined) return this.#transactions.run(work);

    const requestHash = sha256(canonicalJson(options.request)).toString('hex');
    return this.#transactions.run(async tx => {
      await this.#lock(tx, caller, key);
      const [claimed] = await tx('idempotency_keys')
        .insert({
          caller,
          key,
          request_hash: requestHash,
          created_at: this.#clock.now().toISOString(),
        })
        .onConflict(['caller', 'key'])
        .ignore()
        .returning('key');
      if (!claimed) return this.#replay<T>(tx, caller, key, requestHash);

      const answer = await work(tx);
      await tx('idempotency_keys')
        .where({ caller, key })
        .update({ answer: JSON.stringify(answer) });
      return answer;
    });
  }

  /** Forget answers that nobody will ask for again. */
  async prune(): Promise<void> {
    const before = new Date(this.#clock.now().getTime() - KEPT_MS);
    await this.#transactions
      .knex('idempotency_keys')
      .where('created_at', '<', before.toISOString())
      .delete();
  }

  /**
   * Says at once that the first call still runs. On SQLite calls take turns
   * anyway, so there the second one waits and gets the first one's answer.
   */
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

  async #replay<T extends object>(
    tx: Knex.Transaction,
    caller: string,
    key: string,
    requestHash: string,
  ): Promise<T> {
    const row = await tx<Row>('idempotency_keys')
      .where({ caller, key })
      .first();
    if (row?.request_hash !== requestHash) {
      throw new InputError(
        'This Idempotency-Key was used for another request. Send a new key.',
      );
    }
    return JSON.parse(row.answer ?? '{}');
  }
}
