import type { ExpectedUse } from '../generated/model-governance';
import type { ExpectedCost } from '../pricing';

/**
 * Id of the gate that holds expected costs against the budget.
 *
 * @public
 */
export const COST_ENVELOPE_GATE = 'cost-envelope';

/**
 * What the gate `cost-envelope` leaves as evidence. Amounts are for one month.
 *
 * @public
 */
export type CostEnvelopeEvidence = {
  kind: 'cost-envelope';
  verdict: 'within' | 'near' | 'over' | 'unknown';
  /** Access profile. */
  profile: string;
  expectedUse?: ExpectedUse;
  cost: ExpectedCost;
  /** Why no budget can be compared with, where none can. */
  budgetState: 'set' | 'none' | 'other-currency' | 'not-installed';
  budget?: {
    amount: number;
    currency: string;
    /** `2026-11` */
    month: string;
    spent: number;
    /** What the whole month costs if it goes on as it did so far. */
    forecast?: number;
    /** What is counted as used without this model: the forecast, or what was spent. */
    committed: number;
  };
  /** Committed and expected together, in percent of the budget. */
  percentOfBudget?: number;
  /** From here on it is near the budget, in percent. */
  warnAtPercent: number;
  /** What the policy allows one model, in USD. */
  atMost?: number;
};
