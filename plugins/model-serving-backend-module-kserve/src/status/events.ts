import type { DeploymentEvent } from '@modelhub/backstage-plugin-models-node';
import type { KubernetesObject } from '../kubernetes/KubernetesApi';
import type { Problem } from './podState';

interface EventView {
  involvedObject?: { kind?: string; name?: string };
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  lastTimestamp?: string;
  firstTimestamp?: string;
  eventTime?: string;
}

const view = (event: KubernetesObject) => event as EventView;

const timeOf = (event: KubernetesObject): string => {
  const { lastTimestamp, eventTime, firstTimestamp } = view(event);
  return (
    lastTimestamp ??
    eventTime ??
    firstTimestamp ??
    event.metadata?.creationTimestamp ??
    new Date(0).toISOString()
  );
};

/** Whether an event is about a deployment: its object, or what KServe makes for it. */
export function isAbout(id: string, event: KubernetesObject): boolean {
  const name = view(event).involvedObject?.name ?? '';
  return (
    name === id ||
    /^-(?:predictor|transformer|explainer|kserve)\b/.test(
      name.startsWith(id) ? name.slice(id.length) : '',
    )
  );
}

/** What happened to a deployment, oldest first. */
export function deploymentEvents(
  id: string,
  events: KubernetesObject[],
): DeploymentEvent[] {
  return events
    .filter(event => isAbout(id, event))
    .map(event => {
      const { type, reason, message, count = 1 } = view(event);
      return {
        at: new Date(timeOf(event)).toISOString(),
        level: type === 'Warning' ? ('warning' as const) : ('info' as const),
        reason: reason ?? 'Event',
        message: `${message ?? ''}${count > 1 ? ` (${count} times)` : ''}`,
      };
    })
    .sort((a, b) => a.at.localeCompare(b.at));
}

const QUOTA = /exceeded quota: ([^,]+), (requested: .+)$/;

/** The words of Kubernetes on a quota that is used up, for people. */
export function quotaMessage(message: string): string | undefined {
  const [, name, figures] = QUOTA.exec(message) ?? [];
  return name
    ? `The team's quota "${name}" on this cluster is used up (${figures}); stop something else of the team or ask the platform team for more`
    : undefined;
}

/** A quota keeps pods from being made at all: only the events tell. */
export function eventProblem(
  id: string,
  events: KubernetesObject[],
): Problem | undefined {
  const warnings = events
    .filter(event => isAbout(id, event) && view(event).type === 'Warning')
    .sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
  for (const warning of warnings) {
    const { reason, message = '' } = view(warning);
    if (reason === 'FailedCreate') {
      const quota = quotaMessage(message);
      return quota
        ? { reason: 'QuotaExceeded', message: quota, isFinal: false }
        : {
            reason: 'FailedCreate',
            message: `Kubernetes refuses the pods: ${message}`,
            isFinal: false,
          };
    }
  }
  return undefined;
}
