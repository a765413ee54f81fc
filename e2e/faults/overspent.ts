import type { Evidence } from '../../packages/model-gateway/src/__testUtils__/faults/judge';
import { COST_MICROS } from './catalog';

/** What a killed gateway spent in its last second may be written down nowhere. */
const LAST_MS = 1_500;

/** Whether the upstreams did more for a key than its budget pays. */
export function overspent(
  { calls, served, gatewayKills }: Evidence,
  key: { credential: string; budgetMicros: number },
): string[] {
  const marks = new Set(
    calls
      .filter(({ credential }) => credential === key.credential)
      .map(({ mark }) => mark),
  );
  const paid = served.filter(({ mark }) => marks.has(mark));
  const excused = paid.filter(({ gateway, at }) =>
    gatewayKills[gateway].some(kill => kill >= at && kill - at <= LAST_MS),
  );
  const spent = (paid.length - excused.length) * COST_MICROS;
  return spent > key.budgetMicros
    ? [
        `The key with a budget of ${
          key.budgetMicros
        } millionths spent ${spent} at the upstreams, and ${
          excused.length * COST_MICROS
        } more just before kills`,
      ]
    : [];
}
