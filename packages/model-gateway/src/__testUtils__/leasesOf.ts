import type { LeaseAnswer, LeaseRequest } from '@modelhub/governance-protocol';

/**
 * What a usage backend answers where profile `strict` has a budget of a hundred
 * euros.
 */
export async function leasesOf(
  { route, body }: { route: string; body: string },
  left: () => number,
): Promise<object> {
  if (!route.endsWith('/leases')) {
    return {};
  }
  const { budgets }: LeaseRequest = JSON.parse(body);
  const answer: LeaseAnswer = {
    gateways: 2,
    limits: [],
    budgetsVersion: '1',
    list: [{ id: 'profile:strict', currency: 'EUR' }],
    budgets: budgets.map(({ budget, month }) => ({
      budget,
      month,
      shareMicros: 5_000_000,
      exhausted: false,
      amountMicros: 100e6,
      leftMicros: left() * 1e6,
    })),
  };
  return answer;
}
