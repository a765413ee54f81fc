import {
  inTransaction,
  type Clock,
} from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { assess, measuredOf } from './assess';
import type { EpisodeStore } from './EpisodeStore';
import {
  BURN_RULES,
  budgetLeft,
  exhaustsAt,
  mayMatter,
  nextEpisode,
  NOTHING,
  type EpisodeStep,
  type Guard,
  type OpenEpisode,
  type Severity,
} from './maths';
import type { ObjectiveGauge } from './ObjectiveGauge';
import type { ObjectiveNotices } from './ObjectiveNotices';
import type { ObjectiveStore } from './ObjectiveStore';
import { targetOf, type EpisodeRecord, type ObjectiveRecord } from './types';

/**
 * Windows that the rules of a severity need: the short ones of all objectives,
 * the long ones of those where something burns.
 */
const NEEDED = {
  page: {
    short: ['fiveMinutes', 'halfHour'],
    long: ['hour', 'sixHours'],
  },
  ticket: { short: ['sixHours'], long: ['threeDays'] },
} as const;

const NONE = {
  fiveMinutes: NOTHING,
  halfHour: NOTHING,
  hour: NOTHING,
  sixHours: NOTHING,
  threeDays: NOTHING,
};

const asOpen = (it: EpisodeRecord): OpenEpisode => ({
  rule: it.rule,
  openedAt: Date.parse(it.openedAt),
  burntAt: Date.parse(it.burntAt),
  peakBurn: it.peakBurn,
});

/** Looks how fast budgets burn, and opens and closes alerts. */
export class ObjectivesWatch {
  static create(options: {
    knex: Knex;
    clock: Clock;
    store: ObjectiveStore;
    episodes: EpisodeStore;
    gauge: ObjectiveGauge;
    notices: ObjectiveNotices;
    guard: Guard;
    /** Hears when an alert opens or closes. */
    onChanged: () => void;
  }): ObjectivesWatch {
    return new ObjectivesWatch(options);
  }

  readonly #options: Parameters<typeof ObjectivesWatch.create>[0];

  private constructor(options: Parameters<typeof ObjectivesWatch.create>[0]) {
    this.#options = options;
  }

  /** What needs somebody at once. Every minute. */
  async lookForPages(): Promise<void> {
    await this.#look('page', await this.#options.store.all());
  }

  /** What can wait for a working day, and the state of each objective. Every ten minutes. */
  async lookForTickets(): Promise<void> {
    const objectives = await this.#options.store.all();
    await this.#look('ticket', objectives);
    await this.assess(objectives);
  }

  /** Finds and keeps the state of objectives, for lists. */
  async assess(objectives: ObjectiveRecord[]): Promise<void> {
    const { store, clock, gauge, episodes, guard } = this.#options;
    if (objectives.length === 0) return;
    const now = clock.now();
    const windows = await gauge.windows(objectives, now);
    const open = await episodes.open(
      objectives.length < 100 ? objectives.map(({ id }) => id) : undefined,
    );
    const looks = objectives.flatMap(it => {
      const { state, budgetLeft: left } = assess({
        gauge: { ...NONE, window: windows.get(it.id) ?? NOTHING },
        target: targetOf(it),
        windowDays: it.windowDays,
        now,
        alerts: (open.get(it.id) ?? []).map(({ severity }) => severity),
        guard,
      });
      const isSame = state === it.state && left === it.budgetLeft;
      return isSame ? [] : [{ id: it.id, state, budgetLeft: left }];
    });
    await store.found(looks, now.toISOString());
  }

  async #look(
    severity: Severity,
    objectives: ObjectiveRecord[],
  ): Promise<void> {
    const { clock, episodes, guard, notices, onChanged } = this.#options;
    const now = clock.now();
    const open = await episodes.open();
    const measured = await this.#measure(severity, objectives, now);
    const changed: ObjectiveRecord[] = [];
    for (const objective of objectives) {
      const some = open.get(objective.id) ?? [];
      const before = some.find(it => it.severity === severity);
      const step = nextEpisode({
        severity,
        target: targetOf(objective),
        measured: measuredOf(measured.get(objective.id) ?? NONE),
        now: now.getTime(),
        guard,
        open: before && asOpen(before),
      });
      const isPaged = some.some(it => it.severity === 'page');
      if (await this.#take(objective, severity, step, before, isPaged)) {
        changed.push(objective);
      }
    }
    if (changed.length > 0) {
      await this.assess(changed);
      onChanged();
    }
    await notices.deliver();
  }

  async #measure(
    severity: Severity,
    objectives: ObjectiveRecord[],
    now: Date,
  ): Promise<Map<string, typeof NONE>> {
    const { gauge } = this.#options;
    const { short, long } = NEEDED[severity];
    const rules = BURN_RULES.filter(it => it.severity === severity);
    const found = new Map<string, typeof NONE>();
    for (const [id, it] of await gauge.some(objectives, short, now)) {
      found.set(id, { ...NONE, ...it });
    }
    const burning = objectives.filter(it => {
      const measured = measuredOf(found.get(it.id) ?? NONE);
      return rules.some(rule =>
        mayMatter(rule, targetOf(it), measured[rule.id].short),
      );
    });
    for (const [id, it] of await gauge.some(burning, long, now)) {
      found.set(id, { ...(found.get(id) ?? NONE), ...it });
    }
    return found;
  }

  /** @returns whether an alert opened or closed, here and not on another replica */
  async #take(
    objective: ObjectiveRecord,
    severity: Severity,
    step: EpisodeStep,
    before: EpisodeRecord | undefined,
    isPaged: boolean,
  ): Promise<boolean> {
    const { knex, clock, gauge, episodes, notices } = this.#options;
    if (step.kind === 'none') return false;
    if (step.kind === 'update') {
      const { burntAt, peakBurn } = step.episode;
      const at = new Date(burntAt).toISOString();
      if (before) await episodes.burns(before.id, at, peakBurn);
      return false;
    }
    const now = clock.now();
    const events = (await gauge.windows([objective], now)).get(objective.id);
    const left = budgetLeft(events ?? NOTHING, targetOf(objective));
    if (step.kind === 'close') {
      if (!before) return false;
      const closedAt = now.toISOString();
      return inTransaction(knex, async tx => {
        if (!(await episodes.end(tx, before.id, closedAt))) return false;
        if (before.told) {
          await notices.add(tx, {
            type: 'objective.recovered',
            objective,
            episode: { ...before, closedAt },
            budgetLeft: left,
          });
        }
        return true;
      });
    }
    const burn = step.episode.peakBurn;
    const gone = exhaustsAt({
      left: left ?? 1,
      burn,
      windowDays: objective.windowDays,
      now,
    });
    const episode: EpisodeRecord = {
      id: randomUUID(),
      objectiveId: objective.id,
      severity,
      rule: step.episode.rule,
      openedAt: now.toISOString(),
      burntAt: now.toISOString(),
      peakBurn: burn,
      budgetLeft: left ?? 1,
      exhaustsAt: gone?.toISOString(),
      // Who is called out already need not hear that it burns slowly, too.
      told: severity === 'page' || !isPaged,
    };
    return inTransaction(knex, async tx => {
      if (!(await episodes.begin(tx, episode))) return false;
      if (episode.told) {
        await notices.add(tx, { type: 'objective.alert', objective, episode });
      }
      return true;
    });
  }
}
