import type { ReadableLedgerEvent } from '../ledger/LedgerStore';
import { describeEvent } from './timeline';

const event = (
  type: string,
  given: Partial<ReadableLedgerEvent> = {},
): ReadableLedgerEvent => ({
  seq: 1,
  at: '2026-11-02T09:00:00.000Z',
  actor: 'system',
  subject: 'approval:a1',
  type,
  payload: {},
  prevHash: '',
  hash: '',
  people: {},
  ...given,
});
const byPerson = {
  actor: 'person:7f3a',
  actorRef: 'user:default/priya',
};

describe('the sentence of an event', () => {
  it.each<[string, Partial<ReadableLedgerEvent>, string]>([
    [
      'approval.signed',
      { ...byPerson, payload: { role: 'lead', stepUp: {} } },
      'user:default/priya signed as team lead with a passkey.',
    ],
    [
      'approval.rejected',
      { ...byPerson, payload: { role: 'security' } },
      'user:default/priya rejected the request as security.',
    ],
    [
      'approval.approved',
      { ...byPerson, payload: { expiresAt: '2027-01-31T23:00:00.000Z' } },
      'user:default/priya gave the last signature; the model is approved until 31 January 2027.',
    ],
    ['approval.approved', {}, 'Approved: nobody had to sign.'],
    [
      'approval.gates-failed',
      { payload: { findings: ['gate-model-card'] } },
      'Sent back for changes: the check “model card” did not pass.',
    ],
    [
      'approval.gates-failed',
      { payload: { findings: ['gate-a', 'gate-b', 'gate-c'] } },
      'Sent back for changes: the checks “a”, “b” and “c” did not pass.',
    ],
    [
      'approval.gates-failed',
      { payload: { findings: ['no-owner'] } },
      'Sent back for changes.',
    ],
    [
      'gate.evidence-submitted',
      { payload: { gateId: 'kpi' } },
      'Evidence arrived for the check “kpi”, which runs again.',
    ],
    [
      'gate.evidence-withdrawn',
      { ...byPerson, payload: { gateId: 'kpi' } },
      'user:default/priya withdrew evidence of the check “kpi”, which runs again.',
    ],
    [
      'approval.gate-needs-evidence',
      { payload: { gateId: 'evaluation' } },
      'Waiting: the check “evaluation” needs evidence.',
    ],
    ['approval.suspended', {}, 'The approval was suspended.'],
    [
      'approval.suspended',
      byPerson,
      'user:default/priya suspended the approval.',
    ],
    [
      'model.suspended',
      { ...byPerson, payload: { covers: 'version', modelVersion: '1.0' } },
      'user:default/priya suspended version 1.0 of the model.',
    ],
    [
      'gate.waived',
      {
        ...byPerson,
        payload: { gateId: 'licence', until: '2026-12-24T00:00:00.000Z' },
      },
      'user:default/priya waived the check “licence” until 24 December 2026.',
    ],
    [
      'purpose.updated',
      { ...byPerson, subject: 'purpose:product-search' },
      'user:default/priya changed the purpose “product-search”.',
    ],
    [
      'gateway.enrolled',
      {
        actor: 'service:gateway:1',
        subject: 'gateway:1',
        payload: { name: 'edge' },
      },
      'The gateway “edge” enrolled.',
    ],
    [
      'signing-key.rotated',
      { ...byPerson, payload: { use: 'snapshot', stepUp: {} } },
      'user:default/priya replaced the snapshot signing key with a passkey.',
    ],
  ])('%s %j', (type, given, sentence) => {
    expect(describeEvent(event(type, given))).toBe(sentence);
  });

  it('names an erased person by the pseudonym, and still what was done', () => {
    expect(
      describeEvent(
        event('approval.signed', {
          actor: 'person:7f3a',
          payload: { role: 'risk' },
        }),
      ),
    ).toBe('person:7f3a signed as risk.');
  });

  it('does not say of an erased person that nobody did it', () => {
    expect(
      describeEvent(event('approval.approved', { actor: 'person:7f3a' })),
    ).toBe('person:7f3a gave the last signature; the model is approved.');
  });

  it('makes do with events that it has no words for', () => {
    expect(describeEvent(event('budget.lease-ended'))).toBe(
      'The hub did: budget lease ended.',
    );
  });
});
