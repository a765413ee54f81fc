import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { monthOf, type UsageRecord } from '@modelhub/governance-protocol';
import type { AlertRecord, BudgetRecord, BudgetStore } from './BudgetStore';
import { amountText, fromMicros } from './money';

/** Topic of events and notifications. */
export const USAGE_TOPIC = 'model-usage';

/** Percent of a budget at which somebody hears of it. */
const THRESHOLDS = [50, 80, 100];

/** For how long one replica has to tell of an alert before another one does. */
const LEASE_MS = 30_000;

/** Tells owners when a part of a budget is spent: once for each threshold and month. */
export class BudgetAlerts {
  static create(options: {
    store: BudgetStore;
    clock: Clock;
    auth: AuthService;
    logger: LoggerService;
    events: EventsService;
    notifications: NotificationService;
    governance: Pick<ModelGovernanceClient, 'listAccessProfiles' | 'listKeys'>;
    /** Hears of each alert that is new. */
    onRaised: () => void;
  }): BudgetAlerts {
    return new BudgetAlerts(options);
  }

  readonly #options: Parameters<typeof BudgetAlerts.create>[0];

  private constructor(options: Parameters<typeof BudgetAlerts.create>[0]) {
    this.#options = options;
  }

  /** Looks at the budgets that these records took from. */
  async look(records: UsageRecord[]): Promise<void> {
    const touched = new Map<string, Set<string>>();
    for (const it of records) {
      if (!it.costMicros) continue;
      const ids = touched.get(monthOf(it.at)) ?? new Set<string>();
      touched.set(monthOf(it.at), ids);
      ids.add(`profile:${it.profile}`);
      ids.add(`key:${it.keyId}`);
      if (it.team !== undefined) ids.add(`team:${it.team}`);
    }
    for (const [month, ids] of touched) {
      await this.#raise(month, [...ids]);
    }
    await this.deliver();
  }

  /** Nothing is left of a budget, or less than a call needs. */
  async usedUp(budgetId: string, month: string): Promise<void> {
    const { store } = this.#options;
    const budget = await store.get(budgetId);
    if (!budget) return;
    const spending = await store.spending(month, [budget]);
    const spent = spending.get(budgetId)?.spentMicros ?? 0;
    if (await this.#add(budget, month, 100, spent)) await this.deliver();
  }

  /**
   * Looks at every budget of this month: one may have been set below what is
   * spent already, and a replica may have ended before it looked.
   */
  async catchUp(): Promise<void> {
    const { store, clock } = this.#options;
    const budgets = await store.all();
    await this.#raise(
      monthOf(clock.now().toISOString()),
      budgets.map(({ id }) => id),
    );
    await this.deliver();
  }

  /** Tells of what was raised and not told yet, by any replica. */
  async deliver(): Promise<void> {
    const { store, logger } = this.#options;
    for (const alert of await store.leaseAlerts(LEASE_MS)) {
      try {
        await this.#tell(alert);
        await store.delivered(alert);
      } catch (error) {
        logger.warn(
          `The alert for budget ${alert.budgetId} is tried again later: ${error}`,
        );
      }
    }
  }

  async #raise(month: string, ids: string[]): Promise<void> {
    const { store } = this.#options;
    const budgets = [...(await store.some(ids)).values()];
    const spending = await store.spending(month, budgets);
    for (const budget of budgets) {
      const spent = spending.get(budget.id)?.spentMicros ?? 0;
      const percent = (spent / Math.max(budget.amountMicros, 1)) * 100;
      for (const threshold of THRESHOLDS) {
        if (percent >= threshold) {
          await this.#add(budget, month, threshold, spent);
        }
      }
    }
  }

  async #add(
    { id }: BudgetRecord,
    month: string,
    percent: number,
    spentMicros: number,
  ): Promise<boolean> {
    const { store, clock, onRaised } = this.#options;
    const isNew = await store.addAlert({
      budgetId: id,
      month,
      percent,
      spentMicros,
      raisedAt: clock.now().toISOString(),
    });
    if (isNew) onRaised();
    return isNew;
  }

  async #tell(alert: AlertRecord): Promise<void> {
    const { store, events, notifications } = this.#options;
    const budget = await store.get(alert.budgetId);
    if (!budget) return;
    const { budgetId, month, percent, spentMicros } = alert;
    const { currency, amountMicros, kind, subject } = budget;
    await events.publish({
      topic: USAGE_TOPIC,
      eventPayload: {
        type: 'budget.alert',
        budget: budgetId,
        month,
        percent,
        currency,
        spent: fromMicros(spentMicros),
        amount: fromMicros(amountMicros),
      },
      metadata: { messageId: `${budgetId}:${month}:${percent}` },
    });
    const { recipients, whose } = await this.#audience(budget);
    if (recipients.length === 0) return;
    await notifications.send({
      recipients: { type: 'entity', entityRef: recipients },
      payload: {
        title:
          percent === 100
            ? `The model budget of ${whose} for ${month} is used up`
            : `${percent} % of the model budget of ${whose} for ${month} are spent`,
        description: `${amountText(spentMicros)} of ${amountText(
          amountMicros,
        )} ${currency}.${
          percent === 100
            ? ' Gateways refuse further calls until the month ends or the budget is raised.'
            : ''
        }`,
        link: `/model-usage/budgets/${kind}/${encodeURIComponent(subject)}`,
        severity: percent === 100 ? 'high' : 'normal',
        topic: USAGE_TOPIC,
        // A second delivery replaces the first one.
        scope: `${USAGE_TOPIC}:${budgetId}:${month}:${percent}`,
      },
    });
  }

  /** Who hears of it: the team; the owner of the profile or else its members; the owner of the key. */
  async #audience({ kind, subject, notify }: BudgetRecord): Promise<{
    recipients: string[];
    /** Whose budget it is, as people call it. */
    whose: string;
  }> {
    const all = (owners: string[]) => [...new Set([...owners, ...notify])];
    if (kind === 'team') {
      const { name } = parseEntityRef(subject);
      return { recipients: all([subject]), whose: `team ${name}` };
    }
    const { auth, governance } = this.#options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'model-governance',
    });
    if (kind === 'profile') {
      const { items } = await governance.listAccessProfiles({ token });
      const profile = items.find(({ id }) => id === subject);
      return {
        recipients: all(
          profile?.owner ? [profile.owner] : profile?.members ?? [],
        ),
        whose: `access profile ${profile?.title ?? subject}`,
      };
    }
    const { items } = await governance.listKeys({}, { token });
    const key = items.find(({ id }) => id === subject);
    return {
      recipients: all(key ? [key.owner] : []),
      whose: `key ${key?.name ?? subject}`,
    };
  }
}
