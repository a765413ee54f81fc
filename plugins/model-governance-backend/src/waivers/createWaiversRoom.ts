import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Job } from '../database';
import type { Foundation } from '../foundation';
import { WaiverReminders } from './WaiverReminders';
import { WaiverService, type WaiverServiceOptions } from './WaiverService';
import { measureWaivers } from './waiverMetrics';
import { WaiverStore } from './WaiverStore';

/** Wires the list of waivers and exceptions, its reminders and its metrics. */
export function createWaiversRoom(options: {
  foundation: Foundation;
  approvals: WaiverServiceOptions['approvals'];
  auth: WaiverServiceOptions['auth'];
  authorizer: WaiverServiceOptions['authorizer'];
  gates: WaiverServiceOptions['gates'];
  policies: WaiverServiceOptions['policies'];
  logger: LoggerService;
}): { waivers: WaiverService; jobs: Job[]; stopMeasuring(): void } {
  const { foundation, ...others } = options;
  const { clock, transactions, outbox } = foundation;
  const store = WaiverStore.create({ knex: transactions.knex });
  const parts = { ...others, store, clock };
  const reminders = WaiverReminders.create({ ...parts, transactions, outbox });
  return {
    waivers: WaiverService.create(parts),
    stopMeasuring: measureWaivers(parts),
    jobs: [
      {
        id: 'model-governance-waiver-reminders',
        frequency: { minutes: 10 },
        timeout: { minutes: 5 },
        run: () => reminders.run(),
      },
    ],
  };
}
