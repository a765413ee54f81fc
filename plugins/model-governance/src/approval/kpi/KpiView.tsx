import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  KpiEvidence,
  KpiMetricEvidence,
} from '@modelhub/backstage-plugin-models-common';
import {
  Facts,
  Person,
  RelativeTime,
  TierChip,
} from '@modelhub/backstage-plugin-models-react';
import type { ReactNode } from 'react';
import { SetAsideRuns } from '../evaluationRun/Runs';
import { TargetsTable } from '../evaluationRun/TargetsTable';
import { targetText } from '../evaluationRun/words';

const useStyles = makeStyles(
  theme => ({
    root: { marginTop: theme.spacing(1) },
    code: { overflowWrap: 'anywhere', fontSize: 12 },
  }),
  { name: 'ModelGovernanceKpi' },
);

function AboutMeasured({ metric }: { metric: KpiMetricEvidence }) {
  const { samples, minimumSamples, note, run } = metric;
  return (
    <>
      {note && `${note} `}
      {samples !== undefined && `${samples} of ${minimumSamples} samples. `}
      {run && (
        <>
          {run.suite}, <RelativeTime at={run.finishedAt} />
        </>
      )}
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
      <TargetsTable
        label={`Metrics of ${pack.title}`}
        targets={metrics}
        header="Metric"
        title={({ title, about, advice }) => (
          <>
            {title}
            {advice && ' (only shown)'}
            {about && (
              <Typography variant="caption" color="textSecondary" component="p">
                {about}
              </Typography>
            )}
          </>
        )}
        asked={metric => (
          <>
            {targetText(metric)}
            {metric.tier && (
              <>
                {' '}
                <TierChip tier={metric.tier} />
              </>
            )}
          </>
        )}
        about={metric => <AboutMeasured metric={metric} />}
      />
      <SetAsideRuns runs={setAside} />
    </div>
  );
}
