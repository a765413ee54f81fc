import type {
  Objective,
  ObjectiveAlert,
  ObjectiveChange,
  ObjectiveDay,
  ObjectivePerformance,
  ObjectivePreview,
  ObjectiveTerms,
} from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { assess, type Gauge } from './assess';
import type { EpisodeStore } from './EpisodeStore';
import type { Indicators } from './Indicators';
import {
  budgetLeft,
  burnRate,
  DAY_MS,
  HOUR_MS,
  keptOf,
  NOTHING,
  sumOf,
  type Events,
  type Guard,
} from './maths';
import type { KnownModel } from './ObjectiveAccess';
import type { ObjectiveGauge } from './ObjectiveGauge';
import {
  targetOf,
  type Aim,
  type ChangeRecord,
  type EpisodeRecord,
  type ObjectiveRecord,
  type Terms,
} from './types';

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Hours of which the burn rate is drawn. */
const DRAWN_HOURS = 72;

/** Objectives as the API shows them, reckoned anew from the sums. */
export class ObjectivePresenter {
  static create(options: {
    clock: Clock;
    gauge: ObjectiveGauge;
    indicators: Indicators;
    episodes: EpisodeStore;
    guard: Guard;
  }): ObjectivePresenter {
    return new ObjectivePresenter(options);
  }

  readonly #options: Parameters<typeof ObjectivePresenter.create>[0];

  private constructor(
    options: Parameters<typeof ObjectivePresenter.create>[0],
  ) {
    this.#options = options;
  }

  async present(
    items: Array<{
      record: ObjectiveRecord;
      model: KnownModel | undefined;
      mayChange: boolean;
    }>,
  ): Promise<Objective[]> {
    const { clock, gauge, episodes, guard } = this.#options;
    const now = clock.now();
    const records = items.map(({ record }) => record);
    const gauges = await gauge.all(records, now);
    const open = await episodes.open(records.map(({ id }) => id));
    return items.map(({ record, model, mayChange }) => {
      const alerts = open.get(record.id) ?? [];
      const measured = gauges.get(record.id) as Gauge;
      const { window } = measured;
      const found = assess({
        gauge: measured,
        target: targetOf(record),
        windowDays: record.windowDays,
        now,
        alerts: alerts.map(({ severity }) => severity),
        guard,
      });
      return {
        id: record.id,
        plane: record.plane,
        kind: record.kind,
        ...(record.model && { model: record.model }),
        ...(record.modelVersion && { modelVersion: record.modelVersion }),
        entityRef: model?.entityRef,
        title: model?.title,
        ...this.#terms(record),
        defaultOf: record.defaultOf,
        version: record.version,
        updatedBy: record.updatedBy,
        updatedAt: record.updatedAt,
        mayChange,
        state: found.state,
        events: window.total,
        good: window.good,
        kept: keptOf(window),
        budgetLeft: found.budgetLeft,
        fewEvents: found.fewEvents,
        burn: found.burn,
        exhaustsAt: found.exhaustsAt?.toISOString(),
        alerts: alerts.map(it => this.alert(it)),
      };
    });
  }

  alert(it: EpisodeRecord): ObjectiveAlert {
    return {
      id: it.id,
      severity: it.severity,
      rule: it.rule,
      openedAt: it.openedAt,
      closedAt: it.closedAt,
      peakBurn: it.peakBurn,
      budgetLeft: it.budgetLeft,
      exhaustsAt: it.exhaustsAt,
    };
  }

  change(it: ChangeRecord): ObjectiveChange {
    return {
      at: it.at,
      by: it.by,
      action: it.action,
      reason: it.reason,
      before: it.before && this.#terms(it.before),
      after: it.after && this.#terms(it.after),
    };
  }

  /** How terms would have been kept over the window that ends now. */
  async preview(it: Aim & Terms): Promise<ObjectivePreview> {
    const { clock, indicators } = this.#options;
    const now = clock.now();
    const counted = { ...it, id: 'preview' };
    const ms = it.windowDays * DAY_MS;
    const found = await indicators.events([counted], ms, now);
    const window = found.get(counted.id) ?? NOTHING;
    const from = new Date(now.getTime() - ms);
    const points = await this.#days(counted, from, now);
    return {
      from: from.toISOString(),
      to: now.toISOString(),
      events: window.total,
      good: window.good,
      kept: keptOf(window),
      budgetLeft: budgetLeft(window, targetOf(it)),
      days: [...points].map(([day, events]) => ({
        day,
        events: events.total,
        good: events.good,
        burn: burnRate(events, targetOf(it)),
      })),
    };
  }

  async performance(it: ObjectiveRecord): Promise<ObjectivePerformance> {
    const { clock, indicators } = this.#options;
    const now = clock.now();
    const target = targetOf(it);
    const { windowDays } = it;
    const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
    // The window of the first day that is drawn begins as many days before.
    const first = today - (2 * windowDays - 2) * DAY_MS;
    const byDay = await this.#days(it, new Date(first), now);
    const eventsOf = (at: number) => byDay.get(dayOf(at)) ?? NOTHING;
    const days = Array.from({ length: windowDays }, (_, n): ObjectiveDay => {
      const at = today - (windowDays - 1 - n) * DAY_MS;
      const events = eventsOf(at);
      const window = sumOf(
        Array.from({ length: windowDays }, (__, back) =>
          eventsOf(at - back * DAY_MS),
        ),
      );
      return {
        day: dayOf(at),
        events: events.total,
        good: events.good,
        burn: burnRate(events, target),
        budgetLeft: budgetLeft(window, target),
      };
    });
    const thisHour = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
    const firstHour = thisHour - (DRAWN_HOURS - 1) * HOUR_MS;
    const byHour = new Map<number, Events>();
    const points = await indicators.series(it, {
      level: 'hour',
      from: new Date(firstHour),
      to: new Date(thisHour + HOUR_MS),
    });
    points.forEach(({ at, ...events }) => byHour.set(at, events));
    const hours = Array.from({ length: DRAWN_HOURS }, (_, n) => {
      const at = firstHour + n * HOUR_MS;
      const events = byHour.get(at) ?? NOTHING;
      return {
        at: new Date(at).toISOString(),
        events: events.total,
        good: events.good,
        burn: burnRate(events, target),
      };
    });
    return { days, hours };
  }

  async #days(
    it: Aim & Pick<Terms, 'limitMs'> & { id: string },
    from: Date,
    to: Date,
  ): Promise<Map<string, Events>> {
    const points = await this.#options.indicators.series(it, {
      level: 'day',
      from,
      to: new Date(to.getTime() + 1),
    });
    return new Map(points.map(({ at, ...events }) => [dayOf(at), events]));
  }

  #terms(it: Terms): ObjectiveTerms {
    return {
      target: targetOf(it),
      ...(it.limitMs > 0 && { limitMs: it.limitMs }),
      windowDays: it.windowDays,
      notify: it.notify,
    };
  }
}
