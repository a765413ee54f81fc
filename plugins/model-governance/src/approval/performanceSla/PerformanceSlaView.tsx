import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  MeasuredTarget,
  PerformanceSlaEvidence,
} from '@modelhub/backstage-plugin-models-common';
import { DataTable } from '@modelhub/backstage-plugin-models-react';
import { RunFacts, SetAsideRuns } from '../evaluationRun/Runs';
import { StandingChip } from '../evaluationRun/StandingChip';
import { TargetBar } from '../evaluationRun/TargetBar';
import { amountText, intervalText, targetText } from '../evaluationRun/words';

const useStyles = makeStyles(
  theme => ({
    root: { marginTop: theme.spacing(1) },
    heading: { margin: theme.spacing(2, 0, 0.5) },
  }),
  { name: 'ModelGovernancePerformanceSla' },
);

/** `concurrency=8` in words. */
export function loadText(load: string): string {
  const [, callers] = /^concurrency=(\d+)$/.exec(load) ?? [];
  if (callers) {
    return callers === '1' ? 'one caller' : `${callers} callers at once`;
  }
  const [, rate] = /^rate=([\d.]+)\/s$/.exec(load) ?? [];
  return rate ? `${rate} new requests a second` : load;
}

function Measured({
  measured,
  load,
}: {
  measured: MeasuredTarget;
  load: string;
}) {
  const { value, unit, samples, slice, note } = measured;
  if (value === undefined) return <>{note ?? 'Nothing was submitted.'}</>;
  const interval = intervalText(measured);
  return (
    <>
      <strong>{amountText(value, unit)}</strong>
      {interval && ` (${interval})`}
      <Typography variant="caption" color="textSecondary" component="p">
        {samples !== undefined && `${samples} samples`}
        {slice && slice !== load && `, under ${loadText(slice)}`}
        {note && `. ${note}`}
      </Typography>
    </>
  );
}

/** Targets beside what was measured. */
export function PerformanceSlaView({
  evidence,
}: {
  evidence: PerformanceSlaEvidence;
}) {
  const classes = useStyles();
  const { targets, load, run, setAside } = evidence;
  return (
    <div className={classes.root}>
      <DataTable
        label="Performance targets"
        rows={targets}
        rowKey={({ id }) => id}
        columns={[
          { header: 'What', render: ({ title }) => title },
          { header: 'Asked for', render: targetText },
          {
            header: 'Measured',
            render: measured => <Measured measured={measured} load={load} />,
          },
          {
            header: 'On a scale',
            tight: true,
            render: measured => <TargetBar measured={measured} />,
          },
          {
            header: 'Result',
            tight: true,
            render: ({ standing }) => <StandingChip standing={standing} />,
          },
        ]}
      />
      <Typography variant="body2" color="textSecondary">
        Asked for under {loadText(load)}, from at least {evidence.minSamples}{' '}
        samples that are at most {evidence.maxAgeDays} days old
        {evidence.withConfidence &&
          ', and the whole interval has to meet the target'}
        .
      </Typography>
      {run && (
        <>
          <Typography
            variant="subtitle2"
            component="h4"
            className={classes.heading}
          >
            The run
          </Typography>
          <RunFacts run={run} />
        </>
      )}
      <SetAsideRuns runs={setAside} />
    </div>
  );
}
