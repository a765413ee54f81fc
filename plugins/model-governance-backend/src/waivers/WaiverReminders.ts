import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { ApprovalStore } from '../approvals/ApprovalStore';
import type { ApprovalRecord } from '../approvals/records';
import type { GateService } from '../gates/GateService';
import type { Outbox } from '../outbox/Outbox';
import type { PolicySource } from '@modelhub/policies';
import { exceptionsIn } from './exceptionsInForce';
import { endsText, reminderDue } from './waiverState';
import type { WaiverRecord, WaiverStore } from './WaiverStore';

export interface ReminderOptions {
  store: WaiverStore;
  approvals: Pick<ApprovalStore, 'getMany'>;
  gates: Pick<GateService, 'list'>;
  policies: { inForce(): { sources: PolicySource[] } };
  outbox: Outbox;
  transactions: Transactions;
  clock: Clock;
  logger: LoggerService;
}

const WAIVERS = '/model-governance/waivers';

/**
 * Tells those who answer for a waiver or an exception that its end is near: two
 * weeks, three days, and when it came. Once each, on any number of replicas.
 */
export class WaiverReminders {
  static create(options: ReminderOptions): WaiverReminders {
    return new WaiverReminders(options);
  }

  readonly #options: ReminderOptions;

  private constructor(options: ReminderOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { outbox } = this.#options;
    await this.#waivers();
    await this.#exceptions();
    outbox.wake();
  }

  async #waivers(): Promise<void> {
    const { store, approvals, clock, logger } = this.#options;
    const now = clock.now();
    const near = await store.nearEnd(now);
    const found = await approvals.getMany([
      ...new Set(near.map(({ approvalId }) => approvalId)),
    ]);
    const byId = new Map(found.map(approval => [approval.id, approval]));
    for (const waiver of near) {
      const approval = byId.get(waiver.approvalId);
      const stage = reminderDue(
        { since: waiver.at, ends: waiver.until, told: waiver.told },
        now,
      );
      if (!approval || stage === undefined) continue;
      try {
        await this.#tellOfWaiver(waiver, approval, stage, now);
      } catch (error) {
        logger.warn(
          `Nobody was told yet that waiver ${waiver.id} ends`,
          error as Error,
        );
      }
    }
  }

  async #tellOfWaiver(
    waiver: WaiverRecord,
    approval: ApprovalRecord,
    stage: number,
    now: Date,
  ): Promise<void> {
    const { store, gates, outbox, transactions } = this.#options;
    const title =
      gates.list().find(({ id }) => id === waiver.gateId)?.title ??
      waiver.gateId;
    const model = approval.title ?? parseEntityRef(approval.entityRef).name;
    await transactions.run(async tx => {
      if (!(await store.markTold(tx, waiver, stage))) return;
      await outbox.add(tx, [
        {
          topic: 'notification',
          payload: {
            recipients: [
              ...new Set([waiver.by, approval.requester, approval.ownerRef]),
            ],
            title: `A waiver for ${model} ${endsText(waiver.until, now)}`,
            description:
              stage === 0
                ? `“${title}” counts again at ${approval.tier}. Where it does not pass, the approval is suspended.`
                : `“${title}” counts again then, at ${approval.tier}. Make the check pass, or have the waiver renewed: otherwise the approval is suspended.`,
            link: `/model-governance/approvals/${approval.id}`,
            severity: stage === 14 ? 'normal' : 'high',
            scope: `model-governance:waiver:${waiver.id}`,
          },
        },
      ]);
    });
  }

  async #exceptions(): Promise<void> {
    const { store, clock, policies, outbox, transactions } = this.#options;
    const now = clock.now();
    for (const exception of exceptionsIn(policies.inForce().sources)) {
      const { key, endsAt, by, name, tier } = exception;
      const stage = reminderDue(
        // When an exception was given is not known; no stage is left out.
        {
          since: new Date(0),
          ends: endsAt,
          told: await store.exceptionTold(key),
        },
        now,
      );
      if (stage === undefined) continue;
      await transactions.run(async tx => {
        if (!(await store.markExceptionTold(tx, key, stage, now))) return;
        await outbox.add(tx, [
          {
            topic: 'notification',
            payload: {
              recipients: [by],
              title: `The exception “${name}” ${endsText(endsAt, now)}`,
              description: `It loosens the policies at ${tier}, and you answer for it. Approvals that rest on it end with it.`,
              link: `${WAIVERS}?view=exceptions`,
              severity: stage === 14 ? 'normal' : 'high',
              scope: `model-governance:exception:${key}`,
            },
          },
        ]);
      });
    }
  }
}
