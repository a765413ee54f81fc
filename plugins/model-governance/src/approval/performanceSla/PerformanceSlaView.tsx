import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  MeasuredTarget,
  PerformanceSlaEvidence,
} from '@modelhub/backstage-plugin-models-common';
import { RunFacts, SetAsideRuns } from '../evaluationRun/Runs';
import { TargetsTable } from '../evaluationRun/TargetsTable';
import { loadText } from '../evaluationRun/words';

const useStyles = makeStyles(
  theme => ({
    root: { marginTop: theme.spacing(1) },
    heading: { margin: theme.spacing(2, 0, 0.5) },
  }),
  { name: 'ModelGovernancePerformanceSla' },
);

/** Of how many samples it is, and under which load. */
function sampleText(
  { value, samples, slice, note }: MeasuredTarget,
  load: string,
): string {
  if (value === undefined) return note ?? 'Nothing was submitted.';
  const measured = [
    ...(samples === undefined ? [] : [`${samples} samples`]),
    ...(slice && slice !== load ? [`under ${loadText(slice)}`] : []),
  ].join(', ');
  return [measured, note].filter(Boolean).join('. ');
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
      <TargetsTable
        label="Performance targets"
        targets={targets}
        about={target => sampleText(target, load)}
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
