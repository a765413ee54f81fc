import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Loaded, Section } from '@modelhub/backstage-plugin-models-react';
import { CallsFigure, CostFigures } from '../insights/figures';
import { Headline } from '../insights/Headline';
import { NoUsage } from '../insights/NoUsage';
import { RangeField, useRange } from '../insights/RangeField';
import { callStats, costStats } from '../insights/stats';
import { countText } from '../lib/money';
import { useUsage } from '../lib/useUsage';
import { ChargebackButtons } from './ChargebackButtons';
import type { Caller } from './useCaller';
import { UsesSection } from './UsesSection';

const useStyles = makeStyles(
  theme => ({ fields: { margin: theme.spacing(1, 0, 2) } }),
  { name: 'ModelUsageCaller' },
);

/** What a team, component or profile used in a range of days, and what to charge it. */
export function CallerUsage({ of }: { of: Caller }) {
  const { kind, name } = of;
  const classes = useStyles();
  const [range, setRange] = useRange();
  const { from, to } = range;
  const query = useUsage(
    `caller ${kind} ${name} ${from} ${to}`,
    (api, signal) =>
      api.getCallerInsights(
        { callerKind: kind, caller: name, from, to },
        { signal },
      ),
  );
  return (
    <>
      <Section title="What was used">
        <div className={classes.fields}>
          <RangeField range={range} onChange={setRange} />
        </div>
        <Loaded
          query={query}
          room="model-usage"
          failure="What was used could not be loaded"
        >
          {insights =>
            insights.totals.calls === 0 ? (
              <NoUsage
                title="Nothing was called in this time"
                dataSince={insights.range.dataSince}
              />
            ) : (
              <>
                <Headline
                  stats={[
                    ...costStats(insights),
                    ...callStats(insights),
                    { label: 'Models', value: countText(insights.models) },
                  ]}
                />
                <CostFigures {...insights} id="caller" />
                <CallsFigure {...insights} id="caller" />
              </>
            )
          }
        </Loaded>
      </Section>
      <UsesSection of={of} range={range} />
      <Section
        title="Chargeback"
        description={
          <>
            What to charge from {from} to {to}, row by row; the amounts add up
            to the cost above. FOCUS is the open specification of cost data by
            the FinOps Foundation.
          </>
        }
      >
        <ChargebackButtons of={of} range={range} />
        <Typography variant="body2">Exports are recorded.</Typography>
      </Section>
    </>
  );
}
