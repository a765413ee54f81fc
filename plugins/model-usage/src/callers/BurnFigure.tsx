import {
  countText,
  moneyUnit,
  percentText,
  TimeSeriesFigure,
} from '@modelhub/backstage-plugin-models-react';
import { burnPoints, burnSeries, burnText } from './burnView';
import { type Caller, useBurn } from './useCaller';

/** A budget as it is spent: day by day, and what the month will cost. */
export function BurnFigure(props: {
  of: Caller;
  /** What it costs is told with it when it changes. */
  month: string;
}) {
  const query = useBurn(props.of, props.month);
  const burn = query.value?.burn;
  if (query.status === 'absent' || (query.value && !burn)) return null;
  const base = {
    id: 'budget-burn',
    title: 'How the budget is spent',
    step: 'day' as const,
    cumulative: true,
  };
  if (!burn) {
    return (
      <TimeSeriesFigure
        {...base}
        unit={moneyUnit('EUR')}
        series={[]}
        points={[]}
        loading={query.status === 'loading'}
        error={query.status === 'loading' ? undefined : query.error}
        retry={query.retry}
      />
    );
  }
  const { budget, forecast, unpricedCalls } = burn;
  const notes = [
    forecast
      ? `The forecast is what each weekday cost on average in the last ${
          forecast.daysUsed
        } whole days; ${percentText(forecast.level)} of months end in its band.`
      : 'A forecast is made from seven whole days on.',
    unpricedCalls > 0 &&
      `${countText(unpricedCalls)} calls have no price in ${
        budget.currency
      } and do not count.`,
  ].filter(Boolean);
  return (
    <TimeSeriesFigure
      {...base}
      unit={moneyUnit(budget.currency)}
      description={burnText(burn)}
      series={burnSeries(burn)}
      points={burnPoints(burn)}
      lines={[{ label: 'Budget', value: budget.amount }]}
      events={budget.alerts.map(({ percent, at }) => ({
        label: `${percent} %`,
        at,
      }))}
      band={forecast && `${percentText(forecast.level)} certain`}
      note={notes.join(' ')}
    />
  );
}
