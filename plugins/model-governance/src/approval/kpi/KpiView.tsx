import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  KpiEvidence,
  KpiMetricEvidence,
} from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  Facts,
  Person,
  RelativeTime,
  TierChip,
} from '@modelhub/backstage-plugin-models-react';
import type { ReactNode } from 'react';
import { SetAsideRuns } from '../evaluationRun/Runs';
import { StandingChip } from '../evaluationRun/StandingChip';
import { TargetBar } from '../evaluationRun/TargetBar';
import { amountText, intervalText, targetText } from '../evaluationRun/words';

const useStyles = makeStyles(
  theme => ({
    root: { marginTop: theme.spacing(1) },
    code: { overflowWrap: 'anywhere', fontSize: 12 },
  }),
  { name: 'ModelGovernanceKpi' },
);

function Measured({ metric }: { metric: KpiMetricEvidence }) {
  const { value, unit, samples, minimumSamples, note, run } = metric;
  const interval = intervalText(metric);
  return (
    <>
      {value !== undefined && <strong>{amountText(value, unit)}</strong>}
      {interval && ` (${interval})`}
      <Typography variant="caption" color="textSecondary" component="p">
        {note && `${note} `}
        {samples !== undefined && `${samples} of ${minimumSamples} samples. `}
        {run && (
          <>
            {run.suite}, <RelativeTime at={run.finishedAt} />
          </>
        )}
      </Typography>
    </>
  );
}

/** Metrics of the organisation's own, with what is asked and what was measured. */
export function KpiView({ evidence }: { evidence: KpiEvidence }) {
  const classes = useStyles();
  const { pack, metrics, maxAgeDays, setAside } = evidence;
  return (
    <div className={classes.root}>
      <Facts
        items={[
          ['Pack', pack.title],
          ...(pack.owner
            ? [
                ['Answers for it', <Person entityRef={pack.owner} />] as [
                  string,
                  ReactNode,
                ],
              ]
            : []),
          [
            'Version',
            <code className={classes.code}>{pack.version.slice(0, 12)}</code>,
          ],
          ['Runs count for', `${maxAgeDays} days`],
        ]}
      />
      <DataTable
        label={`Metrics of ${pack.title}`}
        rows={metrics}
        rowKey={({ id }) => id}
        columns={[
          {
            header: 'Metric',
            render: ({ title, about, advice }) => (
              <>
                {title}
                {advice && ' (only shown)'}
                {about && (
                  <Typography
                    variant="caption"
                    color="textSecondary"
                    component="p"
                  >
                    {about}
                  </Typography>
                )}
              </>
            ),
          },
          {
            header: 'Asked for',
            render: metric => (
              <>
                {targetText(metric)}
                {metric.tier && (
                  <>
                    {' '}
                    <TierChip tier={metric.tier} />
                  </>
                )}
              </>
            ),
          },
          {
            header: 'Measured',
            render: metric => <Measured metric={metric} />,
          },
          {
            header: 'On a scale',
            tight: true,
            render: metric => <TargetBar measured={metric} />,
          },
          {
            header: 'Result',
            tight: true,
            render: ({ standing }) => <StandingChip standing={standing} />,
          },
        ]}
      />
      <SetAsideRuns runs={setAside} />
    </div>
  );
}
