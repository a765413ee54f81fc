import type { Knex } from 'knex';
import {
  beginOf,
  GATEWAY_SOURCE,
  periodsOf,
  Sketch,
  type RollupRetention,
  type RollupStore,
  type SumsRow,
} from '../rollups';
import { modelHash } from '../rollups/SeriesBook';
import { SKETCHES } from '../rollups/tables';
import type { Indicator, LookStore } from './LookStore';
import { NOTHING, segmentsOf, sumOf, type Events, type Segment } from './maths';
import type { Aim, ObjectiveRecord, Terms } from './types';

/** Beyond so many models, all are read: naming them takes longer than they do. */
const MOST_NAMED = 200;

/** What of an objective matters for counting. */
export type Counted = Pick<ObjectiveRecord, 'id'> &
  Aim &
  Pick<Terms, 'limitMs'>;

interface SketchRow {
  at: number;
  model: string;
  version: string;
  sketch: Buffer;
}

type Point = Events & { at: number };

/** Calls that reached a model: neither refused, nor answered by the cache, nor lost by the gateway. */
const ofModel = (row: SumsRow): Events => {
  const total = Math.max(
    row.calls - row.refused - row.unavailable - row.cached,
    0,
  );
  const bad = row.serverErrors + row.throttled;
  return { total, good: Math.max(total - bad, 0) };
};

/** Everything that gateways were asked; a refusal is an answer. */
const ofGateway = ({ calls, unavailable }: SumsRow): Events => ({
  total: calls,
  good: calls - unavailable,
});

/** 0 where periods are not told apart. */
const beginOfRow = ({ at }: SumsRow) => (at === undefined ? 0 : Date.parse(at));

const matches = (
  it: Counted,
  { model, version }: { model?: string; version?: string },
) =>
  it.model === model && (it.modelVersion === '' || it.modelVersion === version);

/** Counts good and bad events out of the sums, so that what comes late counts where it belongs. */
export class Indicators {
  static create(options: {
    knex: Knex;
    rollups: RollupStore;
    looks: LookStore;
    retention: RollupRetention;
  }): Indicators {
    return new Indicators(options);
  }

  readonly #options: Parameters<typeof Indicators.create>[0];

  private constructor(options: Parameters<typeof Indicators.create>[0]) {
    this.#options = options;
  }

  /** Of the window that ends now, by objective. A question for all of them, not one each. */
  async events(
    objectives: Counted[],
    windowMs: number,
    now: Date,
  ): Promise<Map<string, Events>> {
    const segments = segmentsOf(windowMs, now, this.#options.retention);
    const points = new Map<string, Events[]>();
    for (const segment of segments) {
      const found = await this.#pointsOf(objectives, segment, false);
      for (const [id, some] of found) {
        points.set(id, [...(points.get(id) ?? []), ...some]);
      }
    }
    return new Map(
      objectives.map(({ id }) => [id, sumOf(points.get(id) ?? [NOTHING])]),
    );
  }

  /** Period by period; only those with events. */
  async series(objective: Counted, segment: Segment): Promise<Point[]> {
    const points = await this.#pointsOf([objective], segment, true);
    const sums = new Map<number, Events>();
    for (const { at, ...it } of points.get(objective.id) ?? []) {
      sums.set(at, sumOf([sums.get(at) ?? NOTHING, it]));
    }
    return [...sums]
      .map(([at, it]) => ({ at, ...it }))
      .filter(({ total }) => total > 0)
      .sort((a, b) => a.at - b.at);
  }

  async #pointsOf(
    objectives: Counted[],
    segment: Segment,
    byPeriod: boolean,
  ): Promise<Map<string, Point[]>> {
    const kinds = (...wanted: Array<Counted['kind']>) =>
      objectives.filter(({ kind }) => wanted.includes(kind));
    const points = new Map<string, Point[]>();
    const add = (id: string, point: Point) => {
      const some = points.get(id);
      if (some) some.push(point);
      else points.set(id, [point]);
    };
    const keys = byPeriod ? (['at'] as const) : [];
    await this.#calls(kinds('availability'), segment, keys, add);
    await this.#gateways(kinds('gateway-availability'), segment, keys, add);
    await this.#durations('latency', kinds('latency'), segment, add);
    await this.#durations('ttft', kinds('time-to-first-token'), segment, add);
    for (const it of kinds('snapshot-age', 'ingest-lag', 'approval-service')) {
      const { looks } = this.#options;
      const indicator = it.kind as Indicator;
      const some = await looks.events(indicator, it.limitMs, segment);
      some.forEach(point => add(it.id, point));
    }
    return points;
  }

  async #calls(
    objectives: Counted[],
    segment: Segment,
    keys: readonly 'at'[],
    add: (id: string, point: Point) => void,
  ): Promise<void> {
    if (objectives.length === 0) return;
    const byModel = groupedByModel(objectives);
    const rows = await this.#options.rollups.sums({
      ...segment,
      where: byModel.size > MOST_NAMED ? {} : { models: [...byModel.keys()] },
      by: [...keys, 'model', 'version'],
    });
    for (const row of rows) {
      for (const it of byModel.get(row.model ?? '') ?? []) {
        if (matches(it, row)) {
          add(it.id, { at: beginOfRow(row), ...ofModel(row) });
        }
      }
    }
  }

  async #gateways(
    objectives: Counted[],
    segment: Segment,
    keys: readonly 'at'[],
    add: (id: string, point: Point) => void,
  ): Promise<void> {
    if (objectives.length === 0) return;
    const rows = await this.#options.rollups.sums({
      ...segment,
      where: { sources: [GATEWAY_SOURCE] },
      by: [...keys],
    });
    for (const row of rows) {
      for (const { id } of objectives) {
        add(id, { at: beginOfRow(row), ...ofGateway(row) });
      }
    }
  }

  /** Each sketch is read once, whoever asks about it. */
  async #durations(
    column: 'latency' | 'ttft',
    objectives: Counted[],
    segment: Segment,
    add: (id: string, point: Point) => void,
  ): Promise<void> {
    if (objectives.length === 0) return;
    const byModel = groupedByModel(objectives);
    const { level } = segment;
    const { first, end } = periodsOf(level, segment);
    const select = this.#options
      .knex({ n: SKETCHES[level] })
      .join({ m: 'usage_models' }, 'm.id', 'n.model_id')
      .where('n.at', '>=', first)
      .where('n.at', '<', end)
      .select('n.at', 'm.model', 'm.version', { sketch: `n.${column}` });
    if (byModel.size <= MOST_NAMED) {
      select.whereIn('m.model_hash', [...byModel.keys()].map(modelHash));
    }
    const rows: SketchRow[] = await select;
    for (const row of rows) {
      for (const it of byModel.get(row.model) ?? []) {
        if (!matches(it, row)) continue;
        const { count, within } = Sketch.countsIn(row.sketch, it.limitMs);
        const at = beginOf(level, row.at);
        add(it.id, { at, total: count, good: within });
      }
    }
  }
}

function groupedByModel(objectives: Counted[]): Map<string, Counted[]> {
  const groups = new Map<string, Counted[]>();
  for (const it of objectives) {
    const group = groups.get(it.model);
    if (group) group.push(it);
    else groups.set(it.model, [it]);
  }
  return groups;
}
