import {
  ONLINE_BUCKETS,
  type OnlineArm,
  type OnlineSample,
} from '@modelhub/governance-protocol';
import type { GroupSums } from '@modelhub/evals';
import type { Knex } from 'knex';

/** Samples of an arm that are kept of each day. */
export const KEPT_A_DAY = 5_000;

/** Batches are remembered for so long; a gateway gives up long before. */
const CHUNK = 100;

interface SumRow {
  experiment_id: string;
  arm: OnlineArm;
  metric: string;
  counts: string;
  sums: string;
}

/** Metrics of both arms by name. */
export type OnlineSums = Map<string, Partial<Record<OnlineArm, GroupSums>>>;

export const emptySums = (): GroupSums => ({
  counts: new Array<number>(ONLINE_BUCKETS).fill(0),
  sums: new Array<number>(ONLINE_BUCKETS).fill(0),
});

const toSums = (row: SumRow): GroupSums => ({
  counts: JSON.parse(row.counts),
  sums: JSON.parse(row.sums),
});

/** Rows of what experiments showed. Inside a transaction pass it. */
export class SampleStore {
  static create(options: { knex: Knex }): SampleStore {
    return new SampleStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** False when there was a batch with this id; waits for another replica that is at it. */
  async claim(
    tx: Knex,
    batch: { batchId: string; gatewayId: string; at: string },
  ): Promise<boolean> {
    const added = await tx('online_batches')
      .insert({
        batch_id: batch.batchId,
        gateway_id: batch.gatewayId,
        received_at: batch.at,
      })
      .onConflict('batch_id')
      .ignore()
      .returning('batch_id');
    return added.length > 0;
  }

  async settle(tx: Knex, batchId: string, receipt: object): Promise<void> {
    await tx('online_batches')
      .where({ batch_id: batchId })
      .update({ receipt: JSON.stringify(receipt) });
  }

  /** What was answered to a batch of this gateway. */
  async receipt<T>(
    tx: Knex,
    batchId: string,
    gatewayId: string,
  ): Promise<T | undefined> {
    const row = await tx('online_batches')
      .where({ batch_id: batchId, gateway_id: gatewayId })
      .first('receipt');
    return row?.receipt ? (JSON.parse(row.receipt) as T) : undefined;
  }

  /** Those that were not known yet. */
  async add(tx: Knex, samples: OnlineSample[]): Promise<OnlineSample[]> {
    const added = new Set<string>();
    const sorted = [...samples].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (let at = 0; at < sorted.length; at += CHUNK) {
      const rows: Array<{ id: string }> = await tx('online_samples')
        .insert(
          sorted.slice(at, at + CHUNK).map(sample => ({
            id: sample.id,
            experiment_id: sample.experiment,
            arm: sample.arm,
            day: sample.at.slice(0, 10),
            sample: JSON.stringify(sample),
          })),
        )
        .onConflict('id')
        .ignore()
        .returning('id');
      rows.forEach(({ id }) => added.add(id));
    }
    return samples.filter(({ id }) => added.has(id));
  }

  /**
   * Keeps the samples with the lowest ids. Ids are random, so that is a fair
   * sample, whoever reported when.
   */
  async thin(tx: Knex, samples: OnlineSample[]): Promise<void> {
    const places = new Map(
      samples.map(({ experiment, arm, at }) => {
        const day = at.slice(0, 10);
        return [
          `${experiment} ${arm} ${day}`,
          { experiment_id: experiment, arm, day },
        ];
      }),
    );
    for (const place of places.values()) {
      const first: { id: string } | undefined = await tx('online_samples')
        .where(place)
        .orderBy('id')
        .offset(KEPT_A_DAY)
        .first('id');
      if (first) {
        await tx('online_samples')
          .where(place)
          .where('id', '>=', first.id)
          .delete();
      }
    }
  }

  /** Adds to what there is; the experiment has to be locked. */
  async addSums(tx: Knex, experiment: string, more: OnlineSums): Promise<void> {
    const known = await this.sums(experiment, tx);
    for (const [metric, arms] of more) {
      for (const arm of Object.keys(arms) as OnlineArm[]) {
        const before = known.get(metric)?.[arm] ?? emptySums();
        const added = arms[arm] ?? emptySums();
        const plus = (a: number[], b: number[]) =>
          JSON.stringify(a.map((value, i) => value + b[i]));
        await tx('online_sums')
          .insert({
            experiment_id: experiment,
            arm,
            metric,
            counts: plus(before.counts, added.counts),
            sums: plus(before.sums, added.sums),
          })
          .onConflict(['experiment_id', 'arm', 'metric'])
          .merge(['counts', 'sums']);
      }
    }
  }

  async sums(experiment: string, tx: Knex = this.#knex): Promise<OnlineSums> {
    return (
      (await this.sumsOf([experiment], tx)).get(experiment) ??
      (new Map() as OnlineSums)
    );
  }

  /** @param metric - only this one; all without */
  async sumsOf(
    experiments: string[],
    tx: Knex = this.#knex,
    metric?: string,
  ): Promise<Map<string, OnlineSums>> {
    const rows: SumRow[] = await tx<SumRow>('online_sums')
      .whereIn('experiment_id', experiments)
      .modify(builder => {
        if (metric) builder.where({ metric });
      });
    const all = new Map<string, OnlineSums>();
    for (const row of rows) {
      const sums: OnlineSums = all.get(row.experiment_id) ?? new Map();
      sums.set(row.metric, {
        ...sums.get(row.metric),
        [row.arm]: toSums(row),
      });
      all.set(row.experiment_id, sums);
    }
    return all;
  }

  /** A fair sample of the samples of an arm, in order of their ids. */
  async samples(
    experiment: string,
    arm: OnlineArm,
    most: number,
  ): Promise<OnlineSample[]> {
    const rows: string[] = await this.#knex('online_samples')
      .where({ experiment_id: experiment, arm })
      .orderBy('id')
      .limit(most)
      .pluck('sample');
    return rows.map(row => JSON.parse(row));
  }

  async prune(before: string): Promise<void> {
    await this.#knex('online_batches')
      .where('received_at', '<', before)
      .delete();
  }
}
