import {
  moneyText,
  type CostEnvelopeEvidence,
  type ExpectedCost,
  type ExpectedUse,
  type Finding,
} from '@modelhub/backstage-plugin-models-common';
import type { BudgetAnswer } from './Budgets';

export interface CostDemand {
  overBudget: 'warn' | 'fail';
  withoutBudget: 'warn' | 'fail';
  unknownCost: 'warn' | 'fail';
  warnAtPercent: number;
  /** USD in a month for one model. */
  atMost?: number;
}

const severityOf = (how: 'warn' | 'fail'): Finding['severity'] =>
  how === 'fail' ? 'high' : 'medium';

/** The expected cost against what may be spent. */
export function costEvidence(
  input: {
    profile: string;
    expectedUse?: ExpectedUse;
    cost: ExpectedCost;
    answer: BudgetAnswer;
  },
  { warnAtPercent, atMost }: Pick<CostDemand, 'warnAtPercent' | 'atMost'>,
): CostEnvelopeEvidence {
  const { profile, expectedUse, cost, answer } = input;
  const budget = answer.state === 'set' ? answer.budget : undefined;
  const comparable = budget?.currency === cost.currency;
  const committed = Math.max(budget?.spent ?? 0, budget?.forecast ?? 0);
  const together = committed + (cost.amount ?? 0);
  const percent =
    budget && comparable && cost.amount !== undefined
      ? Math.round((100 * together) / Math.max(budget.amount, 1e-6))
      : undefined;
  const overMost =
    atMost !== undefined &&
    cost.currency === 'USD' &&
    (cost.amount ?? 0) > atMost;
  const verdict = () => {
    if (overMost || (percent !== undefined && percent > 100)) return 'over';
    if (percent === undefined) return 'unknown';
    return percent >= warnAtPercent ? 'near' : 'within';
  };
  const states = { true: 'set', false: 'other-currency' } as const;
  return {
    kind: 'cost-envelope',
    verdict: verdict(),
    profile,
    ...(expectedUse && { expectedUse }),
    cost,
    budgetState:
      answer.state === 'set' ? states[`${comparable}`] : answer.state,
    ...(budget && { budget: { ...budget, committed } }),
    ...(percent !== undefined && { percentOfBudget: percent }),
    warnAtPercent,
    ...(atMost !== undefined && { atMost }),
  };
}

function budgetFinding(
  { budgetState, profile, budget, cost }: CostEnvelopeEvidence,
  how: 'warn' | 'fail',
): Finding[] {
  const howToFix = `Ask whoever manages budgets to set one for the access profile ${profile}.`;
  const severity = severityOf(how);
  switch (budgetState) {
    case 'none':
      return [
        {
          id: 'no-budget',
          severity,
          message: `The access profile ${profile} has no budget.`,
          howToFix,
        },
      ];
    case 'not-installed':
      return [
        {
          id: 'no-budget',
          severity,
          message: 'This portal keeps no budgets.',
          howToFix: 'Install the backend plugin model-usage.',
        },
      ];
    case 'other-currency':
      return [
        {
          id: 'other-currency',
          severity,
          message: `The budget is in ${budget?.currency} and the price in ${cost.currency}.`,
          howToFix: `Set the budget of ${profile} in ${cost.currency}.`,
        },
      ];
    default:
      return [];
  }
}

export function costFindings(
  evidence: CostEnvelopeEvidence,
  demand: CostDemand,
): Finding[] {
  const { cost, budget, percentOfBudget = 0, profile } = evidence;
  const findings: Finding[] = cost.unknown.map(
    ({ code, message, howToFix, field }) => ({
      id: `unknown-${code}`,
      severity: severityOf(demand.unknownCost),
      message,
      howToFix,
      field,
    }),
  );
  const { atMost } = demand;
  if (
    atMost !== undefined &&
    cost.currency === 'USD' &&
    (cost.amount ?? 0) > atMost
  ) {
    findings.push({
      id: 'over-limit',
      severity: severityOf(demand.overBudget),
      message: `It is expected to cost ${moneyText(
        cost.amount ?? 0,
        'USD',
      )} a month, and the policy allows ${moneyText(
        atMost,
        'USD',
      )} for one model.`,
      howToFix: 'Expect less use, or choose a cheaper model.',
    });
  }
  if (budget && percentOfBudget > 100) {
    const over = budget.committed + (cost.amount ?? 0) - budget.amount;
    findings.push({
      id: 'over-budget',
      severity: severityOf(demand.overBudget),
      message: `With it, ${profile} spends ${moneyText(
        over,
        cost.currency,
      )} more in a month than its budget of ${moneyText(
        budget.amount,
        budget.currency,
      )}.`,
      howToFix: `Expect less use, choose a cheaper model, or ask for a budget of ${moneyText(
        Math.ceil(budget.amount + over),
        budget.currency,
      )}.`,
    });
  } else if (budget && percentOfBudget >= demand.warnAtPercent) {
    findings.push({
      id: 'near-budget',
      severity: 'low',
      message: `With it, ${profile} spends ${percentOfBudget} % of its budget.`,
      howToFix: 'Look at the budget after the first weeks.',
    });
  }
  return [...findings, ...budgetFinding(evidence, demand.withoutBudget)];
}

export function costSummary(evidence: CostEnvelopeEvidence): string {
  const { cost, budget, percentOfBudget, profile } = evidence;
  if (cost.amount === undefined) {
    return `What it costs in a month cannot be told. ${cost.unknown
      .map(({ message }) => message)
      .join(' ')}`;
  }
  const amount = `about ${moneyText(cost.amount, cost.currency)} a month`;
  if (percentOfBudget === undefined || !budget) {
    return `It is expected to cost ${amount}; there is no budget of ${profile} to compare with.`;
  }
  return `It is expected to cost ${amount}; together with what ${profile} spends already, that is ${percentOfBudget} % of its budget of ${moneyText(
    budget.amount,
    budget.currency,
  )}.`;
}
