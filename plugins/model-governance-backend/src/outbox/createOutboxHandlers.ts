import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { OutboxHandlers } from './OutboxDispatcher';

/** Channel of signals and topic of events. */
export const GOVERNANCE_TOPIC = 'model-governance';

/** Where messages go in a portal. */
export function createOutboxHandlers(options: {
  notifications: NotificationService;
  signals: SignalsService;
  events: EventsService;
  wakeGates: () => void;
  wakeAllowlist: () => void;
}): OutboxHandlers {
  const { notifications, signals, events } = options;
  return {
    notification: async (payload, { id }) => {
      if (payload.recipients.length === 0) return;
      await notifications.send({
        recipients: {
          type: 'entity',
          entityRef: payload.recipients,
          ...(payload.excludeRef && { excludeEntityRef: payload.excludeRef }),
        },
        payload: {
          title: payload.title,
          description: payload.description,
          link: payload.link,
          severity: payload.severity ?? 'normal',
          topic: GOVERNANCE_TOPIC,
          // A second delivery replaces the first one.
          scope: payload.scope ?? `${GOVERNANCE_TOPIC}:${id}`,
        },
      });
    },
    // Everybody who is signed in gets it, whatever they may read: so it says
    // nothing, and pages ask for what they may see.
    signal: () =>
      signals.publish({
        recipients: { type: 'broadcast' },
        channel: GOVERNANCE_TOPIC,
        message: { type: 'changed' },
      }),
    event: (payload, { id }) =>
      events.publish({
        topic: GOVERNANCE_TOPIC,
        eventPayload: payload,
        metadata: { messageId: String(id) },
      }),
    gates: () => options.wakeGates(),
    allowlist: () => options.wakeAllowlist(),
  };
}
