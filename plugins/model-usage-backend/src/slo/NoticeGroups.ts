import type { NotificationService } from '@backstage/plugin-notifications-node';
import { createHash } from 'node:crypto';
import { USAGE_TOPIC } from '../budgets';
import type { ObjectiveAccess } from './ObjectiveAccess';
import type { AlertNotice } from './ObjectiveNotices';
import { groupedText, openedText, recoveredText, type Named } from './words';

type Payload = Parameters<NotificationService['send']>[0]['payload'];

/** What some people are told at once. */
export interface NoticeGroup<T> {
  members: T[];
  recipients: string[];
  payload: Payload;
}

interface Member<T> extends Named {
  key: T;
  recipients: string[];
}

const isOver = (it: AlertNotice) => it.type === 'objective.recovered';

function payloadOf(members: Named[]): Payload {
  const [{ notice, title }] = members;
  const { type, objective, episode, budgetLeft } = notice;
  const urgency = episode.severity === 'page' ? 'critical' : 'normal';
  const common = {
    severity: isOver(notice) ? ('normal' as const) : urgency,
    topic: USAGE_TOPIC,
  };
  if (members.length > 1) {
    const ids = members.map(it => it.notice.episode.id).sort();
    const digest = createHash('sha256').update(ids.join()).digest('hex');
    return {
      ...groupedText(type, members),
      ...common,
      link: isOver(notice)
        ? '/model-usage/objectives'
        : '/model-usage/objectives?state=burning',
      scope: `${USAGE_TOPIC}:${digest.slice(0, 32)}`,
    } as Payload;
  }
  return {
    ...(isOver(notice)
      ? recoveredText(objective, episode, budgetLeft, title)
      : openedText(objective, episode, title)),
    ...common,
    link: `/model-usage/objectives/${objective.id}`,
    // That it is over takes the place of the alert.
    scope: `${USAGE_TOPIC}:${episode.id}`,
  } as Payload;
}

/**
 * Puts notices together that the same people get at the same time for the same
 * reason: when a provider is down, the objectives of all its models burn, and
 * that is one thing to look at.
 *
 * @param told - notices by what they are known by, in their order
 * @param options - `notify`: entity refs that hear of the control plane
 * @returns without those that nobody gets
 */
export async function noticeGroups<T>(
  told: ReadonlyMap<T, AlertNotice>,
  options: { access: Pick<ObjectiveAccess, 'known'>; notify: string[] },
): Promise<NoticeGroup<T>[]> {
  const models = [...told.values()].flatMap(({ objective }) =>
    objective.plane === 'data' ? [objective.model] : [],
  );
  const known = await options.access.known([...new Set(models)]);
  const groups = new Map<string, Member<T>[]>();
  for (const [key, notice] of told) {
    const { plane, model, notify } = notice.objective;
    const owners =
      plane === 'data' ? known.get(model)?.owners.flat() ?? [] : options.notify;
    const recipients = [...new Set([...owners, ...notify])];
    if (recipients.length === 0) continue;
    const name = JSON.stringify([
      notice.type,
      notice.episode.severity,
      plane,
      [...recipients].sort(),
    ]);
    groups.set(name, [
      ...(groups.get(name) ?? []),
      { key, notice, recipients, title: known.get(model)?.title ?? model },
    ]);
  }
  return [...groups.values()].map(members => ({
    members: members.map(({ key }) => key),
    recipients: members[0].recipients,
    payload: payloadOf(members),
  }));
}
