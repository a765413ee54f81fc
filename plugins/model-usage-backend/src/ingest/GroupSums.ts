import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { Fold, type StoredFold } from './fold';

/** What else somebody adds up of records, in memory until it is written. */
export interface RecordSums {
  /** @param at - when the call began, in milliseconds since 1970 */
  take(it: UsageRecord, at: number): void;
  /** @param other - sums of the same writer, not to be used after */
  merge(other: RecordSums): void;
  /** For JSON, from which `begin` makes the same again. */
  stored(): unknown;
  /** In the transaction in which the records count. */
  write(tx: Knex.Transaction): Promise<void>;
}

/** Adds up what else it knows of records: what counts once there counts once here. */
export interface RecordWriter {
  /** By which what is stored is known again: it must not change. */
  readonly name: string;
  begin(stored?: unknown): RecordSums;
}

const FORMAT = 1;

interface Stored {
  format: number;
  /** What an older release took is in all sums but these. */
  only?: 'rollups';
  fold: StoredFold;
  others: Record<string, unknown>;
}

/** All that the records of one or more transactions add up to. */
export class GroupSums {
  readonly #others: ReadonlyMap<string, RecordSums>;

  private constructor(
    readonly fold: Fold,
    others: ReadonlyMap<string, RecordSums>,
    readonly only?: 'rollups',
  ) {
    this.#others = others;
  }

  static begin(writers: RecordWriter[]): GroupSums {
    return new GroupSums(
      new Fold(),
      new Map(writers.map(it => [it.name, it.begin()])),
    );
  }

  /** @param times - when the call of each record began, in milliseconds since 1970 */
  static of(
    records: UsageRecord[],
    times: ArrayLike<number>,
    writers: RecordWriter[],
  ): GroupSums {
    const sums = GroupSums.begin(writers);
    const others = [...sums.#others.values()];
    for (let n = 0; n < records.length; n += 1) {
      sums.fold.take(records[n], times[n]);
      for (const other of others) other.take(records[n], times[n]);
    }
    return sums;
  }

  /** @throws Error for bytes that another release wrote */
  static decode(bytes: Buffer, writers: RecordWriter[]): GroupSums {
    const stored = JSON.parse(bytes.toString('utf8')) as Stored;
    if (stored.format !== FORMAT) {
      throw new Error(
        'Sums that wait are not of a format that this release reads. Upgrade all replicas to the newest release.',
      );
    }
    return new GroupSums(
      Fold.restore(stored.fold),
      new Map(writers.map(it => [it.name, it.begin(stored.others[it.name])])),
      stored.only,
    );
  }

  encode(): Buffer {
    const stored: Stored = {
      format: FORMAT,
      fold: this.fold.stored(),
      others: Object.fromEntries(
        [...this.#others].map(([name, it]) => [name, it.stored()]),
      ),
    };
    return Buffer.from(JSON.stringify(stored), 'utf8');
  }

  /** Adds others of the same writers, which are not to be used after. */
  merge(group: GroupSums): void {
    this.fold.merge(group.fold);
    for (const [name, it] of this.#others) {
      const other = group.#others.get(name);
      if (other) it.merge(other);
    }
  }

  others(): Iterable<RecordSums> {
    return this.#others.values();
  }
}
