/** Every gateway that asks gets an equal part of this much of a limit, whatever the others want. */
const FLOOR = 0.1;

/**
 * What one gateway keeps to of a limit: by what callers ask of it, never more
 * than the others leave, and never less than its floor.
 *
 * @param it - `held`: what it keeps to at present; `others`: the most that each
 * other live gateway may go by, and what callers ask of it
 */
export function shareOfLimit(it: {
  total: number;
  demand: number;
  others: Array<{ outstanding: number; demand: number }>;
}): number {
  const gateways = it.others.length + 1;
  const floor = (it.total * FLOOR) / gateways;
  const demand = it.others.reduce(
    (sum, other) => sum + other.demand,
    it.demand,
  );
  const target =
    demand > 0
      ? floor + ((it.total - floor * gateways) * it.demand) / demand
      : it.total / gateways;
  const left = it.others.reduce(
    (rest, other) => rest - other.outstanding,
    it.total,
  );
  return Math.max(floor, Math.min(target, left));
}

/**
 * What one gateway may hold of a budget, in millionths. It gets no more than
 * its part of what is left, unless a waiting call needs it; what it does not
 * want any more it gives back. When no gateway holds enough for a call, and
 * all together do, each gives back what it has.
 *
 * @param it - `unspent`: the budget without what was spent; `left`: without
 * what other gateways hold, too
 */
export function shareOfBudget(it: {
  unspent: number;
  left: number;
  held: number;
  wanted: number;
  needed: number;
  gateways: number;
}): { share: number; exhausted: boolean } {
  const left = Math.max(0, Math.floor(it.left));
  const free = left - it.held;
  if (left < it.needed && it.unspent >= it.needed) {
    return { share: 0, exhausted: true };
  }
  const wanted = Math.max(it.wanted, it.needed);
  const part = Math.max(
    free / Math.max(1, it.gateways),
    Math.min(free, it.needed - it.held),
  );
  const share =
    free > 0 && wanted > it.held
      ? it.held + Math.floor(Math.min(wanted - it.held, part))
      : Math.min(it.held, wanted, left);
  return { share, exhausted: share < Math.max(1, it.needed) };
}
