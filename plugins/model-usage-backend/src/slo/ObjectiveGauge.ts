import { WINDOWS, type Gauge, type WindowName } from './assess';
import type { Indicators } from './Indicators';
import { DAY_MS, NOTHING, type Events } from './maths';
import type { ObjectiveRecord } from './types';

/** Measures the windows of objectives: of many with as few questions as of one. */
export class ObjectiveGauge {
  static create(options: { indicators: Indicators }): ObjectiveGauge {
    return new ObjectiveGauge(options.indicators);
  }

  readonly #indicators: Indicators;

  private constructor(indicators: Indicators) {
    this.#indicators = indicators;
  }

  /** By objective. */
  async some<N extends WindowName>(
    objectives: ObjectiveRecord[],
    names: readonly N[],
    now: Date,
  ): Promise<Map<string, Record<N, Events>>> {
    const found = new Map(
      objectives.map(({ id }) => [id, {} as Record<N, Events>]),
    );
    if (objectives.length === 0) return found;
    for (const name of names) {
      const events = await this.#indicators.events(
        objectives,
        WINDOWS[name],
        now,
      );
      for (const [id, record] of found)
        record[name] = events.get(id) ?? NOTHING;
    }
    return found;
  }

  /** Events of the window of each objective itself. */
  async windows(
    objectives: ObjectiveRecord[],
    now: Date,
  ): Promise<Map<string, Events>> {
    const found = new Map<string, Events>();
    for (const days of new Set(objectives.map(it => it.windowDays))) {
      const some = objectives.filter(it => it.windowDays === days);
      const events = await this.#indicators.events(some, days * DAY_MS, now);
      for (const [id, it] of events) found.set(id, it);
    }
    return found;
  }

  async all(
    objectives: ObjectiveRecord[],
    now: Date,
  ): Promise<Map<string, Gauge>> {
    const names = Object.keys(WINDOWS) as WindowName[];
    const [some, windows] = await Promise.all([
      this.some(objectives, names, now),
      this.windows(objectives, now),
    ]);
    return new Map(
      [...some].map(([id, it]) => [
        id,
        { ...it, window: windows.get(id) ?? NOTHING },
      ]),
    );
  }
}
