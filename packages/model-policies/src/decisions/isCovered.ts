import { isAtLeastAsStrict, type ParamOrders } from '../layers/paramOrder';
import type { PolicyDecision } from '../types';

/** Without an exception an approval lives as long as the policy says. */
const endOf = ({ endsBy }: PolicyDecision) =>
  endsBy === undefined ? Infinity : Date.parse(endsBy);

/**
 * Whether `now` asks for nothing that `then` did not ask for: what was checked
 * and signed under `then` still suffices.
 *
 * @public
 */
export function isCovered(
  then: PolicyDecision,
  now: PolicyDecision,
  paramOrders: (gateId: string) => ParamOrders,
): boolean {
  if (
    then.tier !== now.tier ||
    now.refusals.length > 0 ||
    now.expiresAfterDays < then.expiresAfterDays ||
    endOf(now) < endOf(then)
  ) {
    return false;
  }
  const gatesCovered = now.gates
    .filter(gate => gate.required)
    .every(gate => {
      const before = then.gates.find(({ id }) => id === gate.id);
      const orders = paramOrders(gate.id);
      return (
        before?.required === true &&
        Object.keys(gate.params).every(name =>
          isAtLeastAsStrict(
            orders[name],
            gate.params[name],
            before.params[name],
          ),
        )
      );
    });
  return (
    gatesCovered &&
    now.signOffs.every(demand => {
      const before = then.signOffs.find(({ role }) => role === demand.role);
      return (
        before !== undefined &&
        before.quorum >= demand.quorum &&
        (before.secondFactor || !demand.secondFactor) &&
        before.groups.every(group => demand.groups.includes(group))
      );
    })
  );
}
