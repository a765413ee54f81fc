import type { TimelineEntry } from '@modelhub/backstage-plugin-models-common';
import type { ReadableLedgerEvent } from '../ledger/LedgerStore';

const sentences: Record<string, string> = {
  'approval.created': 'wrote a request',
  'approval.submitted': 'submitted the request',
  'approval.subject-changed': 'checks again, because the model changed',
  'approval.gates-passed': 'saw all gates pass; people decide now',
  'approval.gates-failed': 'asks for changes: a gate did not pass',
  'approval.gate-error': 'waits: a gate could not be run',
  'approval.gate-needs-evidence': 'waits: a gate needs evidence',
  'approval.check-deadline': 'asks for changes: the checks took too long',
  'approval.signed': 'signed',
  'approval.rejected': 'rejected the request',
  'approval.changes-requested': 'asked for changes',
  'approval.withdrawn': 'withdrew the request',
  'approval.approved': 'approved the model',
  'approval.suspended': 'suspended the approval',
  'approval.hold-cleared': 'cleared a hold; others remain',
  'approval.reinstated': 'cleared the last hold; the approval is live again',
  'approval.revoked': 'revoked the approval',
  'approval.expired': 'ended the approval: it expired',
  'approval.superseded': 'ended the approval: it was renewed',
  'approval.emergency-opened': 'opened the model in an emergency',
  'approval.emergency-reviewed': 'reviewed the emergency',
  'gate.waived': 'waived a gate',
  'gate.rerun': 'ran a gate again',
  'profile.created': 'created an access profile',
  'profile.updated': 'changed an access profile',
  'purpose.created': 'created a purpose',
  'key.issued': 'issued a gateway key',
  'key.revoked': 'revoked a gateway key',
  'gateway.invited': 'invited a gateway',
  'gateway.enrolled': 'enrolled as a gateway',
  'gateway.re-enrolled': 'enrolled again with a new key',
  'gateway.removed': 'removed a gateway',
  'allowlist.epoch-raised': 'began a new epoch of the allowlist',
  'models.listed': 'told the gateways what the catalog says about its models',
  'signing-key.rotated': 'rotated a signing key',
  'passkey.invited': 'invited somebody to enrol a passkey',
  'passkey.enrolled': 'enrolled a passkey',
  'passkey.removed': 'removed a passkey',
  'policy.activated': 'put a policy into force',
  'delegation.created': 'lets somebody sign in their place',
  'delegation.ended': 'ended a delegation',
  'ledger.person-erased': 'erased a name',
  'ledger.text-erased': 'erased a text',
};

/** One readable sentence about an event of an approval. */
export function describeEvent(event: ReadableLedgerEvent): string {
  const who =
    event.actor === 'system' ? 'The hub' : event.actorRef ?? event.actor;
  const what = sentences[event.type] ?? event.type;
  const { role, gateId } = event.payload;
  const detail =
    (typeof role === 'string' && ` as ${role}`) ||
    (typeof gateId === 'string' && ` (${gateId})`) ||
    '';
  const how = event.payload.stepUp ? ' with a passkey' : '';
  return `${who} ${what}${detail}${how}.`;
}

export function presentEvent(event: ReadableLedgerEvent): TimelineEntry {
  return {
    seq: event.seq,
    at: event.at,
    actor: event.actorRef ?? event.actor,
    type: event.type,
    subject: event.subject,
    entityRef: event.entityRef,
    approvalId: event.approvalId,
    summary: describeEvent(event),
    text: event.text,
    payload: event.payload as TimelineEntry['payload'],
    hash: event.hash,
  };
}
