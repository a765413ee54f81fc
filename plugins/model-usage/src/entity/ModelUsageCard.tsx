import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef, useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { isModelEntity } from '@modelhub/backstage-plugin-models-common';
import {
  countText,
  durationText,
  Facts,
  Loaded,
  Sparkline,
} from '@modelhub/backstage-plugin-models-react';
import { beforeOf } from '../insights/stats';
import {
  changeText,
  costsText,
  directionText,
  manyText,
  trendText,
} from '../insights/words';
import { useUsage } from '../lib/useUsage';

/** On the overview of a model: what became of it in 28 days. */
export function ModelUsageCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const model = isModelEntity(entity) ? entity.spec.gatewayId : '';
  const pathOf = useRouteRef(entityRouteRef);
  const query = useUsage(`card ${entityRef}`, async (api, signal) => {
    const [insights, teams] = await Promise.all([
      api.getModelInsights({ model }, { signal }),
      api.listModelTeams({ model }, { signal }),
    ]);
    return { insights, teams };
  });
  // A card that has nothing to say about this portal says nothing.
  if (!model || query.status === 'absent' || query.status === 'forbidden') {
    return null;
  }
  return (
    <InfoCard
      title="Usage in 28 days"
      deepLink={{
        title: 'All usage',
        link: `${pathOf(parseEntityRef(entityRef))}/usage`,
      }}
    >
      <Loaded
        query={query}
        room="model-usage"
        failure="The usage could not be loaded"
      >
        {({ insights, teams }) => {
          const { totals, previous, periods, trends, latency } = insights;
          const trend = trends.find(({ days }) => days === 28);
          return totals.calls === 0 ? (
            <Typography variant="body2">
              Nobody called it
              {insights.range.dataSince ? ' in this time' : ' yet'}.
            </Typography>
          ) : (
            <Facts
              items={[
                [
                  'Calls',
                  <>
                    <strong>{countText(totals.calls)}</strong>{' '}
                    <Sparkline
                      values={periods.map(({ sums }) => sums.calls)}
                      label={`Calls day by day: ${directionText(
                        trend,
                      ).toLowerCase()}`}
                    />
                    <div>
                      {changeText(
                        totals.calls,
                        previous.totals.calls,
                        beforeOf(insights),
                      )}
                    </div>
                  </>,
                ],
                ['Trend', trend && trendText(trend)],
                ['Teams', manyText(teams.teams, 'team', 'teams')],
                ['Answer time, p95', latency && durationText(latency.p95)],
                ['Cost', costsText(totals.costs)],
              ]}
            />
          );
        }}
      </Loaded>
    </InfoCard>
  );
}
