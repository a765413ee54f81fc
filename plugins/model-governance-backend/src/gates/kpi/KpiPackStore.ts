import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';

/** A file that was good, as it was. */
export interface KnownPack {
  file: string;
  text: string;
}

/** Keeps what was good last, so that a broken file does not end with a restart. */
export interface KpiPackHistory {
  last(): Promise<KnownPack[]>;
  put(pack: KnownPack): Promise<void>;
  /** The file is gone, and nobody wants it back. */
  remove(file: string): Promise<void>;
}

export class KpiPackStore implements KpiPackHistory {
  static create(options: {
    transactions: Transactions;
    clock: Clock;
  }): KpiPackStore {
    return new KpiPackStore(options.transactions, options.clock);
  }

  readonly #transactions: Transactions;
  readonly #clock: Clock;

  private constructor(transactions: Transactions, clock: Clock) {
    this.#transactions = transactions;
    this.#clock = clock;
  }

  async last(): Promise<KnownPack[]> {
    return this.#transactions
      .knex<KnownPack>('kpi_packs')
      .select('file', 'text')
      .orderBy('file');
  }

  async put({ file, text }: KnownPack): Promise<void> {
    const at = this.#clock.now().getTime();
    await this.#transactions
      .knex('kpi_packs')
      .insert({ file, text, at })
      .onConflict('file')
      .merge();
  }

  async remove(file: string): Promise<void> {
    await this.#transactions.knex('kpi_packs').where({ file }).delete();
  }
}
