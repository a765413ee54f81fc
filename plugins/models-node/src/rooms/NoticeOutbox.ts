import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import type { Clock } from './Clock';

/** For how long one replica has to send a notice before another one does. */
const LEASE_MS = 30_000;
/** When nothing takes them for so long, nobody wants to hear of it any more. */
const KEPT_MS = 3 * 24 * 3600_000;
const AT_ONCE = 20;

interface Row {
  pk: number;
  notice: string;
  created_at: string;
  leased_until: string;
}

/**
 * A notification that waits to be sent.
 *
 * @public
 */
export interface Notice {
  /** Entity refs of users and groups. */
  to: string[];
  /** Who did it and need not hear of it. */
  except?: string;
  title: string;
  description?: string;
  link: string;
  /** A later notice with the same scope replaces it. */
  scope: string;
}

/**
 * Notices are written with what they tell of, and sent after that is committed.
 * They wait in a table `notices` of the plugin (`pk`, `notice`, `created_at`,
 * `leased_until`).
 *
 * @public
 */
export class NoticeOutbox {
  static create(options: {
    knex: Knex;
    clock: Clock;
    logger: LoggerService;
    notifications: NotificationService;
    /** Of the notifications. */
    topic: string;
  }): NoticeOutbox {
    return new NoticeOutbox(options);
  }

  readonly #options: Parameters<typeof NoticeOutbox.create>[0];
  #before: Promise<void> = Promise.resolve();

  private constructor(options: Parameters<typeof NoticeOutbox.create>[0]) {
    this.#options = options;
  }

  async add(tx: Knex.Transaction, notices: Notice[]): Promise<void> {
    const now = this.#options.clock.now().toISOString();
    for (const notice of notices) {
      if (notice.to.length === 0) continue;
      await tx('notices').insert({
        notice: JSON.stringify(notice),
        created_at: now,
        leased_until: now,
      });
    }
  }

  /** Nobody waits for it; a job does what fails here. */
  deliverSoon(): void {
    this.deliver().catch(error => {
      this.#options.logger.warn(`Notifications are late: ${error}`);
    });
  }

  /** Sends what is due, after what is being sent already. */
  async deliver(): Promise<void> {
    const before = this.#before;
    const delivery = before.then(() => this.#deliver());
    this.#before = delivery.catch(() => undefined);
    await delivery;
  }

  async #deliver(): Promise<void> {
    const { knex, logger } = this.#options;
    for (const row of await this.#lease()) {
      try {
        await this.#send(JSON.parse(row.notice));
        await knex('notices').where({ pk: row.pk }).delete();
      } catch (error) {
        logger.warn(`A notification is tried again later: ${error}`);
      }
    }
  }

  /** Forgets what nothing took for three days. */
  async prune(): Promise<void> {
    const { knex, clock } = this.#options;
    const before = new Date(clock.now().getTime() - KEPT_MS).toISOString();
    await knex('notices').where('created_at', '<', before).delete();
  }

  async #lease(): Promise<Row[]> {
    const { knex, clock } = this.#options;
    const now = clock.now();
    const due: Row[] = await knex<Row>('notices')
      .where('leased_until', '<=', now.toISOString())
      .orderBy('pk')
      .limit(AT_ONCE);
    const leased: Row[] = [];
    for (const row of due) {
      const { pk, leased_until: was } = row;
      const won = await knex('notices')
        .where({ pk, leased_until: was })
        .update({
          leased_until: new Date(now.getTime() + LEASE_MS).toISOString(),
        });
      if (won === 1) leased.push(row);
    }
    return leased;
  }

  async #send(notice: Notice): Promise<void> {
    const { to, except, title, description, link, scope } = notice;
    await this.#options.notifications.send({
      recipients: {
        type: 'entity',
        entityRef: to,
        ...(except !== undefined && { excludeEntityRef: except }),
      },
      payload: {
        title,
        description,
        link,
        scope,
        severity: 'normal',
        topic: this.#options.topic,
      },
    });
  }
}
