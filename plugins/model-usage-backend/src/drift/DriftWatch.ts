import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  inTransaction,
  type Clock,
} from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { periodOf } from '../rollups';
import type { DriftEpisodes } from './DriftEpisodes';
import type { DriftStore } from './DriftStore';
import { judge, type DayRecord } from './judge';
import { totalOf } from './statistics';
import { WINDOW_DAYS, type DriftSettings, type ReferenceRecord } from './types';

/** What gateways had on their way at the end of a day has come by then. */
const LATE_MS = 3 * 3_600_000;

/** A reference that did not fill within so many days is taken as it is. */
const LONGEST_REFERENCE_DAYS = 90;

const FEEDBACK_REMEMBERED_DAYS = 3;

/** Days that were missed are checked afterwards, so many at most. */
const CAUGHT_UP_DAYS = 28;

/** Who set a reference that nobody set. */
export const SYSTEM = 'system';

export const callsOf = (days: DayRecord[]) =>
  days.reduce(
    (sum, { histogram }) => sum + totalOf(histogram.counts('latency')),
    0,
  );

/** Holds the last seven days of each version against its reference, once a day. */
export class DriftWatch {
  static create(options: {
    knex: Knex;
    clock: Clock;
    logger: LoggerService;
    store: DriftStore;
    episodes: DriftEpisodes;
    settings: DriftSettings;
    /** Hears of checks that were made. */
    onChecked: () => void;
  }): DriftWatch {
    return new DriftWatch(options);
  }

  readonly #options: Parameters<typeof DriftWatch.create>[0];

  private constructor(options: Parameters<typeof DriftWatch.create>[0]) {
    this.#options = options;
  }

  /** The last day that is over, with what came late. */
  lastDay(): number {
    return periodOf('day', this.#options.clock.now().getTime() - LATE_MS) - 1;
  }

  /** Everything that was not checked for this day yet. */
  async run(stop?: AbortSignal): Promise<void> {
    const { store, logger, onChecked } = this.#options;
    const day = this.lastDay();
    let checked = false;
    for (const hash of await store.called(day - WINDOW_DAYS + 1, day)) {
      if (stop?.aborted) break;
      try {
        checked = (await this.#catchUp(hash, day, stop)) || checked;
      } catch (error) {
        logger.warn(`A version is checked for drift again later: ${error}`);
      }
    }
    if (checked) onChecked();
  }

  /** Days of which the calls came late, or on which nobody looked, each by itself. */
  async #catchUp(
    hash: string,
    day: number,
    stop?: AbortSignal,
  ): Promise<boolean> {
    const last = await this.#options.store.lastCheck(hash);
    const first = Math.max(day - CAUGHT_UP_DAYS + 1, (last?.day ?? 0) + 1);
    let checked = false;
    for (let each = first; each <= day && !stop?.aborted; each += 1) {
      checked = (await this.#check(hash, each)) || checked;
    }
    return checked;
  }

  /** @returns whether something was checked */
  async #check(hash: string, day: number): Promise<boolean> {
    const { knex, store, episodes, settings } = this.#options;
    if (await store.hasCheck(hash, day)) return false;
    const reference =
      (await store.reference(hash)) ?? (await this.#firstReference(hash, day));
    const firstDay = day - WINDOW_DAYS + 1;
    if (!reference || reference.lastDay >= firstDay) return false;
    const [before, now] = await Promise.all([
      store.days(hash, reference.firstDay, reference.lastDay),
      store.days(hash, firstDay, day),
    ]);
    const found = judge(before, now, {
      falseAlarmsPerYear: settings.falseAlarmsPerYear,
      // The same answer whenever and wherever it is asked.
      seed: day + parseInt(hash.slice(0, 7), 16),
    });
    const check = { hash, day, referenceId: reference.id, ...found };
    await inTransaction(knex, async tx => {
      if (await store.addCheck(tx, check)) await episodes.follow(tx, check);
    });
    return true;
  }

  async prune(): Promise<void> {
    const { store, settings } = this.#options;
    const today = this.lastDay() + 1;
    await store.prune({
      firstDay: today - settings.keepDays,
      firstFeedbackDay: today - FEEDBACK_REMEMBERED_DAYS,
    });
  }

  /** The first days with calls, until there are enough of both. */
  async #firstReference(
    hash: string,
    day: number,
  ): Promise<ReferenceRecord | undefined> {
    const { knex, store, clock, settings } = this.#options;
    const firstDay = await store.firstDay(hash);
    if (firstDay === undefined) return undefined;
    const least = firstDay + settings.referenceDays - 1;
    if (least > day) return undefined;
    const days = await store.days(
      hash,
      firstDay,
      Math.min(day, firstDay + LONGEST_REFERENCE_DAYS - 1),
    );
    let lastDay = least;
    let calls = callsOf(days.filter(it => it.day <= least));
    for (const it of days.filter(other => other.day > least)) {
      if (calls >= settings.referenceCalls) break;
      calls += callsOf([it]);
      lastDay = it.day;
    }
    const isFull =
      calls >= settings.referenceCalls ||
      day >= firstDay + LONGEST_REFERENCE_DAYS - 1;
    if (!isFull) return undefined;
    const reference = {
      id: randomUUID(),
      hash,
      firstDay,
      lastDay,
      setAt: clock.now().toISOString(),
      setBy: SYSTEM,
      reason: 'The first days on which the version was called.',
    };
    await store.addReference(knex, reference);
    return reference;
  }
}
