import {
  type Clock,
  isPostgres,
  type Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import type { OutboxMessage } from './Outbox';

export type OutboxTopic = OutboxMessage['topic'];

export interface LeasedMessage {
  id: number;
  topic: OutboxTopic;
  payload: string;
  attempts: number;
}

interface Row {
  id: number | string;
  topic: OutboxTopic;
  payload: string;
  attempts: number;
}

/** A replica that was killed loses its rows after this. */
const LEASE_MS = 10_000;
const BATCH = 20;
const MAX_ATTEMPTS = 100;
const LONGEST_WAIT_MS = 300_000;
const KEPT_MS = 24 * 3600_000;

const freed = { owner: null, lease_until: null };

const later = (now: Date, ms: number) =>
  new Date(now.getTime() + ms).toISOString();

/** Rows of the outbox, leased to one replica at a time. */
export class OutboxStore {
  static create(options: {
    transactions: Transactions;
    clock: Clock;
    owner: string;
  }): OutboxStore {
    return new OutboxStore(options.transactions, options.clock, options.owner);
  }

  readonly #transactions: Transactions;
  readonly #clock: Clock;
  readonly #owner: string;

  private constructor(transactions: Transactions, clock: Clock, owner: string) {
    this.#transactions = transactions;
    this.#clock = clock;
    this.#owner = owner;
  }

  /** Topics that have something to deliver now. */
  async dueTopics(): Promise<OutboxTopic[]> {
    return this.#open(this.#transactions.knex('outbox'))
      .where('next_attempt_at', '<=', this.#clock.now().toISOString())
      .distinct()
      .pluck('topic');
  }

  /**
   * Lease the oldest messages of a topic. While another replica holds some of
   * the topic there are none, so that a topic goes out in order.
   */
  async lease(topic: OutboxTopic): Promise<LeasedMessage[]> {
    return this.#transactions.run(async tx => {
      if (isPostgres(tx)) {
        await tx.raw('SELECT pg_advisory_xact_lock(hashtext(?))', [
          `outbox ${topic}`,
        ]);
      }
      const now = this.#clock.now();
      const held = await this.#open(tx('outbox').where({ topic }))
        .where('lease_until', '>', now.toISOString())
        .whereNot({ owner: this.#owner })
        .first('id');
      if (held) return [];

      const rows: Row[] = await this.#open(tx('outbox').where({ topic }))
        .where('next_attempt_at', '<=', now.toISOString())
        .orderBy('id')
        .limit(BATCH)
        .select('id', 'topic', 'payload', 'attempts');
      await tx('outbox')
        .whereIn(
          'id',
          rows.map(row => row.id),
        )
        .update({ owner: this.#owner, lease_until: later(now, LEASE_MS) })
        .increment('attempts', 1);
      return rows.map(row => ({
        ...row,
        id: Number(row.id),
        attempts: row.attempts + 1,
      }));
    });
  }

  /** Hold on to leased messages; false when another replica has taken over. */
  async renew(ids: number[]): Promise<boolean> {
    const renewed = await this.#mine(ids).update({
      lease_until: later(this.#clock.now(), LEASE_MS),
    });
    return renewed === ids.length;
  }

  /** Give back what was leased and not tried. */
  async release(ids: number[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#mine(ids)
      .update({ ...freed })
      .decrement('attempts', 1);
  }

  async delivered(id: number): Promise<void> {
    await this.#mine([id]).update({
      ...freed,
      delivered_at: this.#clock.now().toISOString(),
      last_error: null,
    });
  }

  /** Try again later; true when it was given up for good. */
  async failed(message: LeasedMessage, error: string): Promise<boolean> {
    const now = this.#clock.now();
    const wait = Math.min(1000 * 2 ** (message.attempts - 1), LONGEST_WAIT_MS);
    const abandoned = message.attempts >= MAX_ATTEMPTS;
    await this.#mine([message.id]).update({
      ...freed,
      next_attempt_at: later(now, wait * (0.75 + Math.random() / 2)),
      last_error: error,
      ...(abandoned && { abandoned_at: now.toISOString() }),
    });
    return abandoned;
  }

  /** Forget what was delivered a day ago. */
  async prune(): Promise<void> {
    await this.#transactions
      .knex('outbox')
      .where('delivered_at', '<', later(this.#clock.now(), -KEPT_MS))
      .delete();
  }

  #open(query: Knex.QueryBuilder): Knex.QueryBuilder {
    return query.whereNull('delivered_at').whereNull('abandoned_at');
  }

  #mine(ids: number[]) {
    return this.#transactions
      .knex('outbox')
      .whereIn('id', ids)
      .where({ owner: this.#owner });
  }
}
