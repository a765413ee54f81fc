import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import type { Outbox, OutboxMessage } from './Outbox';

const CHUNK = 100;

export class DatabaseOutbox implements Outbox {
  static create(options: { clock: Clock }): DatabaseOutbox {
    return new DatabaseOutbox(options.clock);
  }

  readonly #clock: Clock;
  readonly #listeners: Array<() => void> = [];

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  async add(tx: Knex.Transaction, messages: OutboxMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const now = this.#clock.now().toISOString();
    await tx.batchInsert(
      'outbox',
      messages.map(({ topic, payload }) => ({
        topic,
        payload: JSON.stringify(payload),
        created_at: now,
        next_attempt_at: now,
      })),
      CHUNK,
    );
  }

  wake(): void {
    this.#listeners.forEach(listener => listener());
  }

  /** Called at each `wake`, on this replica only. */
  onWake(listener: () => void): void {
    this.#listeners.push(listener);
  }
}
