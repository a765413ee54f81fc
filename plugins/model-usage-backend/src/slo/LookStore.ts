import {
  inTransaction,
  takeTurn,
  type Clock,
} from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import {
  beginOf,
  periodOf,
  periodsOf,
  Sketch,
  type RollupRetention,
} from '../rollups';
import { DAY_MS, type Events, type Segment } from './maths';

/** What is looked at of the control plane, as how long it took. */
export type Indicator = 'snapshot-age' | 'ingest-lag' | 'approval-service';

interface Row {
  indicator: string;
  level: string;
  at: number;
  sketch: Buffer;
}

const LOOK_LEVELS = ['minute', 'hour', 'day'] as const;

/**
 * How old, late or slow things of the control plane were, in sketches by minute,
 * hour and day: so a limit that is set later tells of the past too.
 */
export class LookStore {
  static create(options: {
    knex: Knex;
    clock: Clock;
    retention: RollupRetention;
  }): LookStore {
    return new LookStore(options);
  }

  readonly #options: Parameters<typeof LookStore.create>[0];

  private constructor(options: Parameters<typeof LookStore.create>[0]) {
    this.#options = options;
  }

  /** @param looks - milliseconds each; what failed took forever */
  async add(
    indicator: Indicator,
    at: number,
    looks: Array<[ms: number, times: number]>,
  ): Promise<void> {
    if (looks.length === 0) return;
    await inTransaction(this.#options.knex, async tx => {
      await takeTurn(tx, 'model-usage', `looks ${indicator}`);
      for (const level of LOOK_LEVELS) {
        const key = { indicator, level, at: periodOf(level, at) };
        const row = await tx<Row>('slo_looks').where(key).first('sketch');
        const sketch = row ? Sketch.decode(row.sketch) : new Sketch();
        for (const [ms, times] of looks) sketch.add(ms, times);
        await tx('slo_looks')
          .insert({ ...key, sketch: sketch.encode() })
          .onConflict(['indicator', 'level', 'at'])
          .merge();
      }
    });
  }

  /** Looks of a segment that took no longer than a limit, period by period. */
  async events(
    indicator: Indicator,
    limitMs: number,
    segment: Segment,
  ): Promise<Array<Events & { at: number }>> {
    const { level } = segment;
    const { first, end } = periodsOf(level, segment);
    const rows = await this.#options
      .knex<Row>('slo_looks')
      .where({ indicator, level })
      .where('at', '>=', first)
      .where('at', '<', end)
      .orderBy('at')
      .select('at', 'sketch');
    return rows.map(row => {
      const { count, within } = Sketch.countsIn(row.sketch, limitMs);
      return { at: beginOf(level, row.at), total: count, good: within };
    });
  }

  /** Forgets each level after its time. */
  async prune(): Promise<void> {
    const { knex, clock, retention } = this.#options;
    const now = clock.now().getTime();
    for (const level of LOOK_LEVELS) {
      await knex('slo_looks')
        .where({ level })
        .where('at', '<', periodOf(level, now - retention[level] * DAY_MS))
        .delete();
    }
  }
}
