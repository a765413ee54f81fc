import { ServiceUnavailableError } from '@backstage/errors';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPostgres, isRetryable } from './dialect';
import type { Transactions } from './Transactions';

const MAX_ATTEMPTS = 6;
const BASE_DELAY_MS = 15;

export class DefaultTransactions implements Transactions {
  static create(options: { knex: Knex }): DefaultTransactions {
    return new DefaultTransactions(options.knex);
  }

  private constructor(readonly knex: Knex) {}

  async run<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.#retry(() => this.knex.transaction(work));
  }

  async read<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.#retry(() =>
      this.knex.transaction(
        work,
        isPostgres(this.knex)
          ? { isolationLevel: 'repeatable read', readOnly: true }
          : {},
      ),
    );
  }

  async #retry<T>(attempt: () => Promise<T>): Promise<T> {
    for (let n = 1; ; n += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!isRetryable(error)) throw error;
        if (n === MAX_ATTEMPTS) {
          throw new ServiceUnavailableError(
            'The database is too busy for this at the moment. Nothing was changed; try again.',
            error,
          );
        }
        await sleep(BASE_DELAY_MS * 2 ** n * (0.5 + Math.random()));
      }
    }
  }
}
