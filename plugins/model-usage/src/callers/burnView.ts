import type { BudgetBurn } from '@modelhub/backstage-plugin-models-common';
import {
  type ChartPoint,
  type ChartSeries,
  moneyText,
  percentText,
  periodText,
} from '@modelhub/backstage-plugin-models-react';
import { addDays } from '../insights/range';

/** The lines of {@link burnPoints}. */
export function burnSeries({ forecast }: BudgetBurn): ChartSeries[] {
  return [
    { id: 'spent', label: 'Spent' },
    ...(forecast
      ? [{ id: 'forecast', label: 'Forecast', reckoned: true }]
      : []),
    { id: 'line', label: 'Even spending', reckoned: true },
  ];
}

/** Each day of the month: what was spent so far, what it will be, and what would be even. */
export function burnPoints(burn: BudgetBurn): ChartPoint[] {
  const { budget, days, forecast } = burn;
  const first = `${budget.month}-01`;
  const totals = new Map(days.map(day => [day.date, day]));
  const path = new Map(forecast?.path.map(day => [day.date, day]));
  const points: ChartPoint[] = [];
  const last = new Date(
    Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)), 0),
  ).getUTCDate();
  for (let index = 0; index < last; index += 1) {
    const at = addDays(first, index);
    const expected = path.get(at);
    points.push({
      at,
      values: {
        spent: totals.get(at)?.total,
        forecast: expected?.expected,
        line: (budget.amount * (index + 1)) / last,
      },
      ...(expected && { low: expected.low, high: expected.high }),
    });
  }
  return points;
}

/** What the picture shows, and whether that is enough. */
export function burnText({
  budget,
  forecast,
  exhaustedOn,
  days,
}: BudgetBurn): string {
  const { amount, currency } = budget;
  const money = (value: number) => moneyText(value, currency);
  const spent = days[days.length - 1]?.total ?? 0;
  const share = amount > 0 ? ` (${percentText(spent / amount)})` : '';
  const sentences = [`${money(spent)} of ${money(amount)}${share} are spent.`];
  if (forecast) {
    sentences.push(
      `The month will cost about ${money(
        forecast.expected,
      )}, with ${percentText(forecast.level)} certainty between ${money(
        forecast.low,
      )} and ${money(forecast.high)}.`,
    );
  }
  if (exhaustedOn) {
    const over = spent >= amount;
    sentences.push(
      over
        ? `The budget was used up on ${periodText(exhaustedOn, 'day')}.`
        : `At this rate the budget is used up on ${periodText(
            exhaustedOn,
            'day',
          )}.`,
    );
  } else if (forecast) {
    sentences.push(
      forecast.high <= amount
        ? 'The budget suffices.'
        : 'The budget suffices if it goes on as expected.',
    );
  }
  return sentences.join(' ');
}
