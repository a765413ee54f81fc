import type {
  AccessProfile,
  Budget,
  GatewayKey,
  Spending,
  SpendingMonth,
  UncoveredProfile,
  UncoveredUse,
} from '@modelhub/backstage-plugin-models-common';
import { lastMonths, monthOf } from '../lib/months';
import { FakeBackends } from '@modelhub/backstage-plugin-models-react/testUtils';

export const MONTH = monthOf(new Date());

export const profile = (given: Partial<AccessProfile> = {}): AccessProfile => ({
  id: 'checkout',
  title: 'Checkout',
  description: 'Payment and returns.',
  owner: 'group:default/checkout',
  members: ['group:default/checkout'],
  enforcement: 'observe',
  mine: true,
  settings: { batches: true },
  ...given,
});

export const key: GatewayKey = {
  id: '5f1c2d3e-0000-4000-8000-000000000001',
  name: 'CI',
  hint: '1234',
  profile: 'checkout',
  purpose: 'summaries',
  tier: 'internal',
  owner: 'user:default/dana',
  issuedBy: 'user:default/dana',
  createdAt: '2026-05-01T10:00:00Z',
};

export const budget = (given: Partial<Budget> = {}): Budget => ({
  id: 'profile:checkout',
  kind: 'profile',
  subject: 'checkout',
  amount: 50,
  currency: 'EUR',
  notify: ['group:default/finance'],
  updatedBy: 'user:default/ada',
  updatedAt: '2026-05-01T10:00:00Z',
  month: MONTH,
  spent: 12.5,
  held: 0,
  forecast: 40,
  calls: 1200,
  unpricedCalls: 3,
  alerts: [],
  ...given,
});

export const spending = (given: Partial<Spending> = {}): Spending => ({
  id: 'profile:checkout',
  kind: 'profile',
  subject: 'checkout',
  calls: 1203,
  unpricedCalls: 3,
  costs: [{ currency: 'EUR', amount: 12.5, calls: 1200 }],
  ...given,
});

/** Twelve months, of which the last and the one before are not empty. */
export function history(): SpendingMonth[] {
  const empty = { calls: 0, unpricedCalls: 0, costs: [], alerts: [] };
  return lastMonths(new Date(), 12)
    .reverse()
    .map((month, index) => ({
      month,
      ...empty,
      ...(index >= 10 && {
        calls: 100 * index,
        costs: [{ currency: 'EUR', amount: index, calls: 100 * index }],
      }),
      ...(index === 10 && {
        alerts: [{ percent: 50 as const, at: `${month}-12T10:00:00Z` }],
      }),
    }));
}

export const uncovered = (
  given: Partial<UncoveredProfile> = {},
): UncoveredProfile => ({
  profile: 'checkout',
  calls: 1200,
  models: 2,
  keys: 1,
  firstAt: '2026-05-01T10:00:00Z',
  lastAt: '2026-05-03T10:00:00Z',
  ...given,
});

export const uncoveredUse = (
  given: Partial<UncoveredUse> = {},
): UncoveredUse => ({
  profile: 'checkout',
  model: 'meta/llama',
  keyId: key.id,
  code: 'not-approved',
  calls: 1100,
  firstAt: '2026-05-01T10:00:00Z',
  lastAt: '2026-05-03T10:00:00Z',
  ...given,
});

/** A portal with one profile that observes, and one key. */
export function backends(): FakeBackends {
  return new FakeBackends()
    .on('GET model-governance/access-profiles', { items: [profile()] })
    .on('GET model-governance/keys', { items: [key] })
    .on('GET model-usage/spending', { month: MONTH, items: [] })
    .on('GET model-usage/enforcement-report/profiles', {
      from: '2026-05-01T00:00:00Z',
      items: [uncovered()],
    })
    .on('GET model-usage/enforcement-report', {
      from: '2026-05-01T00:00:00Z',
      calls: 1200,
      items: [
        uncoveredUse(),
        uncoveredUse({ model: 'acme/old', code: 'retired', calls: 100 }),
      ],
    });
}
