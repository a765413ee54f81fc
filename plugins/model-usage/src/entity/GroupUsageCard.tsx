import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import {
  countText,
  Facts,
  Loaded,
  moneyText,
  Sparkline,
} from '@modelhub/backstage-plugin-models-react';
import { BudgetBar } from '../budgets/BudgetBar';
import { useBurn } from '../callers/useCaller';
import { costsText, directionText, trendText } from '../insights/words';
import { useUsagePaths } from '../lib/paths';
import { useUsage } from '../lib/useUsage';

/** On the page of a group: what it used in 28 days, and its budget. */
export function GroupUsageCard() {
  const { entity } = useEntity();
  const team = stringifyEntityRef(entity);
  const paths = useUsagePaths();
  const query = useUsage(`group ${team}`, (api, signal) =>
    api.getCallerInsights({ callerKind: 'team', caller: team }, { signal }),
  );
  const burn = useBurn({ kind: 'team', name: team }).value?.burn;
  // Of teams that one does not see, and where nothing counts calls, there is nothing to say.
  if (query.status === 'absent' || query.status === 'forbidden') return null;
  return (
    <InfoCard
      title="Models used"
      deepLink={{
        title: 'Usage and cost',
        link: paths.spendingOf('team', team),
      }}
    >
      {burn && (
        <BudgetBar
          budget={burn.budget}
          label="Spent of the budget of this month"
        />
      )}
      <Loaded
        query={query}
        room="model-usage"
        failure="The usage could not be loaded"
      >
        {({ totals, periods, models, trends }) => {
          const trend = trends.find(({ days }) => days === 28);
          return totals.calls === 0 ? (
            <Typography variant="body2">
              This team called no model in the last 28 days.
            </Typography>
          ) : (
            <Facts
              items={[
                [
                  'Calls in 28 days',
                  <>
                    {countText(totals.calls)}{' '}
                    <Sparkline
                      values={periods.map(({ sums }) => sums.calls)}
                      label={`Calls day by day: ${directionText(
                        trend,
                      ).toLowerCase()}`}
                    />
                  </>,
                ],
                ['Trend', trend && trendText(trend)],
                ['Models', countText(models)],
                ['Cost in 28 days', costsText(totals.costs)],
                [
                  'Forecast of the month',
                  burn?.forecast &&
                    moneyText(burn.forecast.expected, burn.budget.currency),
                ],
              ]}
            />
          );
        }}
      </Loaded>
    </InfoCard>
  );
}
