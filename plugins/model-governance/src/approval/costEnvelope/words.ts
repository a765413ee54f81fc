import {
  moneyText,
  type CostEnvelopeEvidence,
  type CostPart,
  type ExpectedUse,
} from '@modelhub/backstage-plugin-models-common';

const figure = (value: number, digits = 0) =>
  value.toLocaleString('en-GB', { maximumFractionDigits: digits });

/** `12 million tokens` */
export const quantityText = ({ quantity, unit }: CostPart) =>
  `${figure(quantity, quantity < 10 ? 3 : 1)} ${unit}`;

export function expectedUseText(use: ExpectedUse): string {
  const { inputTokensPerMonth, outputTokensPerMonth, peakConcurrent } = use;
  return [
    `${figure(inputTokensPerMonth)} input and ${figure(
      outputTokensPerMonth,
    )} output tokens a month`,
    peakConcurrent && `at most ${figure(peakConcurrent)} requests at once`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** What is gone of the budget without this model. */
export function committedText({
  budget,
  profile,
}: CostEnvelopeEvidence): string {
  if (!budget) return '';
  const { forecast, spent, committed, currency } = budget;
  const how =
    forecast !== undefined && forecast > spent
      ? 'spends this month if it goes on so'
      : 'spent this month';
  return `What ${profile} ${how}: ${moneyText(committed, currency)}`;
}

export function budgetText({
  budgetState,
  budget,
}: CostEnvelopeEvidence): string {
  switch (budgetState) {
    case 'none':
      return 'none is set';
    case 'not-installed':
      return 'this portal keeps none';
    default:
      return budget
        ? `${moneyText(budget.amount, budget.currency)} for ${budget.month}${
            budgetState === 'other-currency'
              ? ', in another currency than the price'
              : ''
          }`
        : '';
  }
}

/** The picture in words. */
export function pictureText(evidence: CostEnvelopeEvidence): string {
  const { cost, budget, percentOfBudget = 0 } = evidence;
  if (!budget) return '';
  return `${committedText(evidence)}, this model ${moneyText(
    cost.amount ?? 0,
    cost.currency,
  )}; together ${percentOfBudget} % of the budget of ${moneyText(
    budget.amount,
    budget.currency,
  )}.`;
}
