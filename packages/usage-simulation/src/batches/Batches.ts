import type { UsageBatch } from '@modelhub/governance-protocol';
import type { Calendar } from '../calendar';
import type { YearPlan } from '../plan';
import { Random } from '../random';
import type { RecordMaker, TimedRecord } from '../records';

/** Records that a gateway sends at once. */
const BATCH_RECORDS = 1_000;

/** Calls of a slice, about. */
const SLICE_CALLS = 4_000;

const MOST_LANES = 64;

/**
 * A day of some of the keys: those whose calls go through one gateway. Each can
 * be made without the others.
 *
 * @public
 */
export interface Slice {
  /** Its place; the oldest days come first. */
  index: number;
  day: number;
  lane: number;
  /** Calls by the plan. */
  calls: number;
}

/** Divides the year into slices, and these into batches as gateways send them. */
export class Batches {
  static create(options: {
    seed: string;
    calendar: Calendar;
    plan: YearPlan;
    maker: RecordMaker;
  }): Batches {
    return new Batches(options);
  }

  readonly slices: Slice[];
  readonly #options: Parameters<typeof Batches.create>[0];
  /** Places of streams, by lane. */
  readonly #lanes: number[][];

  private constructor(options: Parameters<typeof Batches.create>[0]) {
    this.#options = options;
    const { calendar, plan } = options;
    const volumes = plan.streams.map((_, index) => {
      let sum = 0;
      for (let day = 0; day < plan.days; day++) sum += plan.callsOf(index, day);
      return sum;
    });
    const calls = volumes.reduce((a, b) => a + b, 0);
    const count = Math.min(
      MOST_LANES,
      Math.max(1, Math.round(calls / calendar.days / SLICE_CALLS)),
    );
    this.#lanes = lanesOf(options.plan, volumes, count);
    this.slices = Array.from({ length: plan.days * count }, (_, index) => {
      const day = Math.floor(index / count);
      const lane = index % count;
      const ofLane = this.#lanes[lane].reduce(
        (sum, stream) => sum + plan.callsOf(stream, day),
        0,
      );
      return { index, day, lane, calls: ofLane };
    });
  }

  /** The batches of a slice, by time. */
  *of({ index, day, lane }: Slice): Generator<UsageBatch> {
    const { seed, calendar, maker } = this.#options;
    const timed: TimedRecord[] = [];
    for (const stream of this.#lanes[lane]) maker.add(timed, stream, day);
    timed.sort((a, b) => a.at - b.at);
    const random = Random.of(seed, 'batches', index);
    for (let n = 0; n < timed.length; n += BATCH_RECORDS) {
      const records = timed.slice(n, n + BATCH_RECORDS).map(it => it.record);
      yield { batchId: random.uuid(calendar.beginOf(day)), records };
    }
  }
}

/** Keys of one team stay together; lanes have about as many calls each. */
function lanesOf(
  { streams }: YearPlan,
  volumes: number[],
  count: number,
): number[][] {
  const teams = new Map<string, { streams: number[]; calls: number }>();
  streams.forEach(({ team }, index) => {
    const known = teams.get(team.ref) ?? { streams: [], calls: 0 };
    known.streams.push(index);
    known.calls += volumes[index];
    teams.set(team.ref, known);
  });
  const lanes = Array.from({ length: count }, () => ({
    streams: [] as number[],
    calls: 0,
  }));
  for (const team of [...teams.values()].sort((a, b) => b.calls - a.calls)) {
    const [least] = [...lanes].sort((a, b) => a.calls - b.calls);
    least.streams.push(...team.streams);
    least.calls += team.calls;
  }
  return lanes.map(lane => lane.streams.sort((a, b) => a - b));
}
