import type { ApprovalState } from '@modelhub/backstage-plugin-models-common';
import { tiers } from '@modelhub/backstage-plugin-models-common';
import { parseEntityRef } from '@backstage/catalog-model';
import type { OutboxMessage } from '../outbox/Outbox';
import type { ApprovalRecord, ModelHoldRecord, SignerClaim } from './records';

/** What others are told about a change: everything but the state itself. */
export interface Announcement {
  /** For example `approval.approved`: type of the signal and of the event. */
  type: string;
  /** Who caused it; undefined for the hub. */
  by?: string;
  reason?: string;
  /** Asked to sign next. */
  signers?: SignerClaim[];
  seq?: number;
}

const severities = ['low', 'normal', 'high', 'high'] as const;

const requesterNews: { [state in ApprovalState]?: string } = {
  approved: 'is approved',
  rejected: 'was rejected',
  'changes-requested': 'needs changes from you',
  suspended: 'is suspended',
  revoked: 'was revoked',
  expired: 'has expired',
};

/** States that the owner of the model hears of, besides the requester. */
const ownerNews: ApprovalState[] = ['suspended', 'revoked'];

const link = (approval: ApprovalRecord) =>
  `/model-governance/approvals/${approval.id}`;

function signerNotifications(
  approval: ApprovalRecord,
  signers: SignerClaim[],
): OutboxMessage[] {
  return approval.waitingFor.flatMap(role => {
    const recipients = signers
      .filter(signer => signer.role === role)
      .map(({ claim }) => claim);
    if (recipients.length === 0) return [];
    return [
      {
        topic: 'notification' as const,
        payload: {
          recipients,
          title: `${approval.title ?? approval.entityRef} waits for ${role}`,
          description: `${approval.tier}, ${approval.purpose}, ${approval.profile}: ${approval.justification}`,
          link: link(approval),
          severity: severities[tiers.indexOf(approval.tier)],
          scope: `model-governance:${approval.id}:${approval.round}:${role}`,
          excludeRef: approval.requester,
        },
      },
    ];
  });
}

/** Everything that goes out after a change, to people, screens and other rooms. */
export function announcements(
  before: ApprovalRecord | undefined,
  after: ApprovalRecord,
  { type, by, reason, signers = [], seq }: Announcement,
): OutboxMessage[] {
  const about = { type, approvalId: after.id, entityRef: after.entityRef };
  const messages: OutboxMessage[] = [
    { topic: 'signal', payload: about },
    {
      topic: 'event',
      payload: { ...about, state: after.state, ...(seq && { seq }) },
    },
  ];
  if (before?.state === after.state) {
    if (
      before.waivedUntil !== after.waivedUntil ||
      before.expiresAt !== after.expiresAt
    ) {
      messages.push({ topic: 'allowlist', payload: { seq: seq ?? 0 } });
    }
    return messages;
  }

  if (after.state === 'in-review') {
    messages.push(...signerNotifications(after, signers));
  }
  const news = requesterNews[after.state];
  if (news) {
    const owners = ownerNews.includes(after.state) ? [after.ownerRef] : [];
    messages.push({
      topic: 'notification',
      payload: {
        recipients: [...new Set([after.requester, ...owners])],
        title: `${after.title ?? after.entityRef} ${news} (${after.tier})`,
        description: reason,
        link: link(after),
        severity: after.state === 'suspended' ? 'high' : 'normal',
        scope: `model-governance:${after.id}:outcome`,
        ...(by?.startsWith('user:') && { excludeRef: by }),
      },
    });
  }
  if (before?.state === 'approved' || after.state === 'approved') {
    messages.push({ topic: 'allowlist', payload: { seq: seq ?? 0 } });
  }
  return messages;
}

/** What goes out when a model is held, or no longer: approvals tell of themselves. */
export function modelNews(
  hold: ModelHoldRecord,
  waiting: ApprovalRecord[],
  about: Required<Pick<Announcement, 'type' | 'by' | 'reason' | 'seq'>>,
): OutboxMessage[] {
  const { type, by, reason, seq } = about;
  const { entityRef, modelVersion } = hold;
  const { namespace, name } = parseEntityRef(entityRef);
  const what = modelVersion === undefined ? name : `${name} ${modelVersion}`;
  const recipients = [...new Set(waiting.map(({ requester }) => requester))];
  return [
    { topic: 'signal', payload: { type, entityRef } },
    { topic: 'event', payload: { type, entityRef, seq } },
    { topic: 'allowlist', payload: { seq } },
    ...(recipients.length > 0
      ? [
          {
            topic: 'notification' as const,
            payload: {
              recipients,
              title:
                type === 'model.suspended'
                  ? `${what} is on hold; your request waits`
                  : `A hold on ${what} was cleared`,
              description: reason,
              link: `/catalog/${namespace}/model/${name}`,
              severity: 'high' as const,
              scope: `model-governance:${hold.id}`,
              excludeRef: by,
            },
          },
        ]
      : []),
  ];
}
