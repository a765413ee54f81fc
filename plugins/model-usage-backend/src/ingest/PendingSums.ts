import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  inTransaction,
  type Clock,
} from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { addToSums } from '../database';
import type { RollupWriter } from '../rollups';
import { GroupSums, type RecordWriter } from './GroupSums';
import { TOTAL_SUMS } from './rows';

/** What waits longer was left by a replica that ended, or could not be written. */
const LEFT_MS = 30_000;

/** Of what was left, so many at a time. */
const ROWS_AT_ONCE = 20;

interface PendingRow {
  id: string;
  kept_at: string;
  records: number;
  sums: Buffer;
}

/** What this replica kept, and still has in memory. */
interface Kept {
  id: string;
  sums: GroupSums;
  records: number;
}

/** Another replica, or this one, added it already. */
class GoneError extends Error {}

/**
 * Sums of what was taken, kept in one row until they are added to those of all
 * minutes, hours, days and months: many at once where much comes, so that a sum
 * is written once for thousands of records. The row goes in the transaction
 * that adds it, so it counts once, whoever does it and whoever ends between.
 */
export class PendingSums {
  static create(options: {
    knex: Knex;
    clock: Clock;
    logger: LoggerService;
    rollups: RollupWriter;
    writers: RecordWriter[];
    onCounted?: () => void;
  }): PendingSums {
    return new PendingSums(options);
  }

  readonly #options: Parameters<typeof PendingSums.create>[0];
  #kept: Kept[] = [];
  #running: Promise<void> | undefined;

  private constructor(options: Parameters<typeof PendingSums.create>[0]) {
    this.#options = options;
  }

  /** Records of which the sums wait in memory. */
  get records(): number {
    return this.#kept.reduce((sum, { records }) => sum + records, 0);
  }

  /** In the transaction in which the records count. */
  async keep(
    tx: Knex.Transaction,
    sums: GroupSums,
    records: number,
  ): Promise<string> {
    const id = randomUUID();
    await tx<PendingRow>('usage_pending').insert({
      id,
      kept_at: this.#options.clock.now().toISOString(),
      records,
      sums: sums.encode(),
    });
    return id;
  }

  /** The transaction is done: its sums may be added. */
  isKept(it: Kept): void {
    this.#kept.push(it);
  }

  /** Adds all that was kept before. Never fails: what cannot be written now stays. */
  async settle(): Promise<void> {
    while (this.#running) await this.#running;
    if (this.#kept.length === 0) return;
    this.#running = this.#addKept().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  /** Adds what replicas left that ended in between. */
  async recover(): Promise<void> {
    const { knex, clock } = this.#options;
    const before = new Date(clock.now().getTime() - LEFT_MS).toISOString();
    let after = '';
    for (;;) {
      const rows: Array<Pick<PendingRow, 'id'>> = await knex('usage_pending')
        .where('kept_at', '<', before)
        .where('id', '>', after)
        .orderBy('id')
        .limit(ROWS_AT_ONCE)
        .select('id');
      for (const { id } of rows) await this.#addStored(id);
      if (rows.length < ROWS_AT_ONCE) return;
      after = rows[rows.length - 1].id;
    }
  }

  async #addKept(): Promise<void> {
    const { logger, writers } = this.#options;
    const kept = this.#kept;
    this.#kept = [];
    const ids = kept.map(({ id }) => id);
    const all = GroupSums.begin(writers);
    for (const { sums } of kept) all.merge(sums);
    try {
      await this.#add(ids, all);
    } catch (error) {
      if (!(error instanceof GoneError)) {
        logger.warn(`Sums of usage are written one by one: ${error}`);
      }
      for (const id of ids) await this.#addStored(id);
    }
  }

  /** As it stands in the database. */
  async #addStored(id: string): Promise<void> {
    const { knex, logger, writers } = this.#options;
    try {
      const row = await knex<PendingRow>('usage_pending').where({ id }).first();
      if (row) await this.#add([id], GroupSums.decode(row.sums, writers));
    } catch (error) {
      if (error instanceof GoneError) return;
      logger.error(
        `Sums of usage that were kept cannot be added; they stay in usage_pending as ${id} and are tried again: ${error}`,
      );
    }
  }

  async #add(ids: string[], sums: GroupSums): Promise<void> {
    const { knex, rollups } = this.#options;
    const { fold } = sums;
    const isKnown = fold.knownModels();
    // Outside of the transaction, whose end nobody knows.
    const facts = await rollups.prepare(fold.facts(), n => isKnown[n]);
    await inTransaction(knex, async tx => {
      const gone = await tx('usage_pending').whereIn('id', ids).delete();
      if (gone < ids.length) throw new GoneError();
      await rollups.add(tx, facts);
      if (sums.only === 'rollups') return;
      await addToSums(tx, 'usage_totals', fold.totals(), {
        keys: ['id'],
        sums: TOTAL_SUMS,
      });
      await addToSums(tx, 'usage_scopes', fold.scopes(), {
        keys: ['id'],
        sums: ['calls'],
        greatest: ['last_at'],
      });
      await addToSums(tx, 'usage_uncovered', fold.uncovered(), {
        keys: ['id'],
        sums: ['calls'],
        least: ['first_at'],
        greatest: ['last_at'],
      });
      for (const other of sums.others()) await other.write(tx);
    });
    this.#options.onCounted?.();
  }
}
