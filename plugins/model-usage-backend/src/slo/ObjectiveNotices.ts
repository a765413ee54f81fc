import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { USAGE_TOPIC } from '../budgets';
import { DAY_MS } from './maths';
import { noticeGroups } from './NoticeGroups';
import type { ObjectiveAccess } from './ObjectiveAccess';
import { targetOf, type EpisodeRecord, type ObjectiveRecord } from './types';

/** For how long one replica has to tell of an alert before another one does. */
const LEASE_MS = 30_000;
/** When nothing takes them for so long, nobody wants to hear of it any more. */
const KEPT_MS = 3 * DAY_MS;
const AT_ONCE = 50;

/** What is to be told of an alert. */
export interface AlertNotice {
  type: 'objective.alert' | 'objective.recovered';
  objective: ObjectiveRecord;
  episode: EpisodeRecord;
  /** Now; absent without events. */
  budgetLeft?: number;
}

interface Row {
  pk: number;
  notice: string;
  created_at: string;
  leased_until: string;
}

/** Alerts are written with what they tell of, and told after that is committed: once, by whichever replica. */
export class ObjectiveNotices {
  static create(options: {
    knex: Knex;
    clock: Clock;
    logger: LoggerService;
    events: EventsService;
    notifications: NotificationService;
    access: ObjectiveAccess;
    /** Entity refs that hear of the control plane. */
    notify: string[];
  }): ObjectiveNotices {
    return new ObjectiveNotices(options);
  }

  readonly #options: Parameters<typeof ObjectiveNotices.create>[0];

  private constructor(options: Parameters<typeof ObjectiveNotices.create>[0]) {
    this.#options = options;
  }

  async add(tx: Knex.Transaction, notice: AlertNotice): Promise<void> {
    await tx('slo_notices').insert({
      notice: JSON.stringify(notice),
      created_at: this.#options.clock.now().toISOString(),
      leased_until: '',
    });
  }

  /** Tells of what was not told yet, by any replica. */
  async deliver(): Promise<void> {
    const { access, notify, notifications } = this.#options;
    const told = new Map<number, AlertNotice>();
    for (const { pk, notice } of await this.#lease()) {
      await this.#orLater(async () => {
        await this.#publish(JSON.parse(notice));
        told.set(pk, JSON.parse(notice));
      });
    }
    if (told.size === 0) return;
    await this.#orLater(async () => {
      const groups = await noticeGroups(told, { access, notify });
      const heard = new Set(groups.flatMap(({ members }) => members));
      await this.#forget([...told.keys()].filter(pk => !heard.has(pk)));
      for (const { members, recipients, payload } of groups) {
        await this.#orLater(async () => {
          await notifications.send({
            recipients: { type: 'entity', entityRef: recipients },
            payload,
          });
          await this.#forget(members);
        });
      }
    });
  }

  async #orLater(tell: () => Promise<void>): Promise<void> {
    try {
      await tell();
    } catch (error) {
      this.#options.logger.warn(
        `An alert about an objective is told again later: ${error}`,
      );
    }
  }

  async #forget(pks: number[]): Promise<void> {
    await this.#options.knex('slo_notices').whereIn('pk', pks).delete();
  }

  async prune(): Promise<void> {
    const { knex, clock } = this.#options;
    const before = new Date(clock.now().getTime() - KEPT_MS).toISOString();
    await knex('slo_notices').where('created_at', '<', before).delete();
  }

  async #lease(): Promise<Row[]> {
    const { knex, clock } = this.#options;
    const now = clock.now();
    const due: Row[] = await knex<Row>('slo_notices')
      .where('leased_until', '<=', now.toISOString())
      .orderBy('pk')
      .limit(AT_ONCE);
    const leased: Row[] = [];
    for (const row of due) {
      const won = await knex('slo_notices')
        .where({ pk: row.pk, leased_until: row.leased_until })
        .update({
          leased_until: new Date(now.getTime() + LEASE_MS).toISOString(),
        });
      if (won === 1) leased.push(row);
    }
    return leased;
  }

  async #publish(notice: AlertNotice): Promise<void> {
    const { events } = this.#options;
    const { type, objective, episode, budgetLeft } = notice;
    const isOver = type === 'objective.recovered';
    const { plane, kind, model, modelVersion } = objective;
    await events.publish({
      topic: USAGE_TOPIC,
      eventPayload: {
        type,
        objective: objective.id,
        plane,
        kind,
        ...(model && { model }),
        ...(modelVersion && { modelVersion }),
        target: targetOf(objective),
        windowDays: objective.windowDays,
        alert: episode.id,
        severity: episode.severity,
        rule: episode.rule,
        openedAt: episode.openedAt,
        burn: episode.peakBurn,
        budgetLeft: isOver ? budgetLeft : episode.budgetLeft,
        exhaustsAt: isOver ? undefined : episode.exhaustsAt,
        closedAt: episode.closedAt,
      },
      metadata: { messageId: `${episode.id}:${type}` },
    });
  }
}
