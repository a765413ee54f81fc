import { describeEvent } from '../approvals/timeline';
import type { ReadableLedgerEvent } from '../ledger';

const event = (
  type: string,
  given: Partial<ReadableLedgerEvent> = {},
): ReadableLedgerEvent => ({
  seq: 1,
  at: '2026-11-02T09:00:00.000Z',
  actor: 'person:7f3a',
  actorRef: 'user:default/priya',
  subject: 'profile:checkout',
  type,
  payload: {},
  prevHash: '',
  hash: '',
  people: {},
  ...given,
});

it.each<[string, Partial<ReadableLedgerEvent>, string]>([
  [
    'profile.created',
    { payload: { title: 'Checkout team' } },
    'user:default/priya added the access profile “Checkout team” (checkout).',
  ],
  // As events were before they carried titles.
  [
    'profile.created',
    {},
    'user:default/priya added the access profile “checkout”.',
  ],
  [
    'profile.created',
    { actor: 'system', actorRef: undefined, payload: { title: 'Checkout' } },
    'The configuration added the access profile “Checkout” (checkout).',
  ],
  [
    'profile.updated',
    {
      payload: {
        title: 'Checkout',
        enforcement: 'observe',
        changed: [
          'enforcement',
          'members',
          'settings.limits.tokensPerMinute',
          'settings.sanitation.requests.personal-data',
        ],
      },
    },
    'user:default/priya changed the access profile “Checkout” (checkout): enforcement is “observe” now, members, limits: tokens per minute, sanitation: requests: personal data.',
  ],
  [
    'purpose.updated',
    {
      subject: 'purpose:summaries',
      payload: {
        title: 'Summaries',
        changed: ['maxRetentionDays', 'regions'],
      },
    },
    'user:default/priya changed the purpose “Summaries” (summaries): max retention days, regions.',
  ],
  [
    'key.issued',
    {
      subject: 'key:1',
      payload: { profile: 'checkout', owner: 'person:9' },
      people: { 'person:9': 'user:default/dana' },
    },
    'user:default/priya issued a gateway key for the profile “checkout”, owned by user:default/dana.',
  ],
  [
    'key.revoked',
    { subject: 'key:1' },
    'user:default/priya revoked a gateway key.',
  ],
])('%s %#', (type, given, sentence) => {
  expect(describeEvent(event(type, given))).toBe(sentence);
});
