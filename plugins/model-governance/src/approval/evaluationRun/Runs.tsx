import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  EvaluationRunReference,
  SetAsideRun,
} from '@modelhub/backstage-plugin-models-common';
import {
  Facts,
  Person,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';

const useStyles = makeStyles(
  theme => ({
    heading: { margin: theme.spacing(2, 0, 0.5) },
    code: { overflowWrap: 'anywhere', fontSize: 12 },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'ModelGovernanceRuns' },
);

/** Which run it was: of what, on what, when, and who submitted it. */
export function RunFacts({ run }: { run: EvaluationRunReference }) {
  const classes = useStyles();
  const { target } = run;
  const ran = [target.engine, target.quantization, target.gpu]
    .filter(Boolean)
    .join(', ');
  return (
    <Facts
      items={[
        ['Suite', `${run.suite}, run by ${run.tool}`],
        ...(target.endpoint
          ? [
              [
                'Endpoint',
                <code className={classes.code}>{target.endpoint}</code>,
              ] as [string, JSX.Element],
            ]
          : []),
        ['Served with', ran || 'the run does not say'],
        [
          'Measured',
          <>
            <RelativeTime at={run.finishedAt} />
            {run.partial && '; it was stopped before it was through'}
          </>,
        ],
        [
          'Submitted',
          <>
            <RelativeTime at={run.submittedAt} /> with a token of{' '}
            <Person entityRef={run.submittedBy} />
          </>,
        ],
        ['Digest', <code className={classes.code}>{run.digest}</code>],
      ]}
    />
  );
}

/** Runs that were submitted and do not count, with the reason. */
export function SetAsideRuns({ runs }: { runs: SetAsideRun[] }) {
  const classes = useStyles();
  if (runs.length === 0) return null;
  return (
    <>
      <Typography
        variant="subtitle2"
        component="h4"
        className={classes.heading}
      >
        Runs that do not count
      </Typography>
      <ul className={classes.list} aria-label="Runs that do not count">
        {runs.map(run => (
          <li key={run.evidenceId}>
            <Typography variant="body2" component="span">
              {run.suite}, <RelativeTime at={run.finishedAt} />: {run.because}
            </Typography>
          </li>
        ))}
      </ul>
    </>
  );
}
