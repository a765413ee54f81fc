import { takeTurn, type Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';

/** The feed by which other rooms follow ratings: one row a model, the last change. */
export class RatingChanges {
  /** @param options - `onChanged` is called when a change is committed */
  static create(options: {
    knex: Knex;
    clock: Clock;
    onChanged: () => void;
  }): RatingChanges {
    return new RatingChanges(options);
  }

  readonly #knex: Knex;
  readonly #clock: Clock;
  readonly #onChanged: () => void;

  private constructor(options: Parameters<typeof RatingChanges.create>[0]) {
    this.#knex = options.knex;
    this.#clock = options.clock;
    this.#onChanged = options.onChanged;
  }

  /** Numbers are taken one transaction after another, so that none is read before a lower one. */
  async add(tx: Knex.Transaction, entityRef: string): Promise<void> {
    await takeTurn(tx, 'model-reviews', 'changes');
    const [{ last }] = (await tx('rating_changes').max({
      last: 'seq',
    })) as Array<{ last: number | null }>;
    await tx('rating_changes').where({ entity_ref: entityRef }).delete();
    await tx('rating_changes').insert({
      seq: Number(last ?? 0) + 1,
      entity_ref: entityRef,
      at: this.#clock.now().toISOString(),
    });
    tx.executionPromise.then(this.#onChanged, () => {
      // It was rolled back: nothing changed.
    });
  }

  async after(seq: number, limit: number) {
    const rows = await this.#knex('rating_changes')
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(limit)
      .select('seq', 'entity_ref', 'at');
    const items = rows.map(row => ({
      seq: Number(row.seq),
      entityRef: String(row.entity_ref),
      at: String(row.at),
    }));
    return { items, next: items.at(-1)?.seq ?? seq };
  }
}
