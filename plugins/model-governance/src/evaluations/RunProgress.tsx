import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { PackRun } from '@modelhub/backstage-plugin-models-common';
import {
  PersonName,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';
import { caseCountText } from '../approval/evaluationRun/words';
import { Problem } from '../shared/Problem';
import { isUnderWay, RunState } from './RunState';
import { useRunCommands } from './useRunCommands';

const useStyles = makeStyles(
  theme => ({
    root: { margin: theme.spacing(1, 0) },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    words: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
    bar: { margin: theme.spacing(1, 0) },
  }),
  { name: 'ModelGovernancePackRun' },
);

/** A run: how far it is, why it failed, and ending or taking it up again. */
export function RunProgress(props: {
  run: PackRun;
  /** The run as it is after a command. */
  onChange: (after: PackRun) => void;
}) {
  const { run, onChange } = props;
  const classes = useStyles();
  const { cancel, retry, busy, error } = useRunCommands(onChange);
  const name = `${run.pack.title} ${run.pack.version} on version ${run.modelVersion}`;
  return (
    <div className={classes.root} role="group" aria-label={`Run of ${name}`}>
      <div className={classes.head}>
        <Typography variant="body2" component="span" className={classes.words}>
          {name}, started by <PersonName entityRef={run.requestedBy} />{' '}
          <RelativeTime at={run.createdAt} />
          {run.attempts > 1 && `, ${run.attempts} attempts`}
        </Typography>
        <RunState run={run} />
      </div>
      {isUnderWay(run) && <Bar run={run} />}
      {!isUnderWay(run) && run.progress && (
        <Typography variant="body2" color="textSecondary">
          {progressText(run)}
        </Typography>
      )}
      {run.problem && <Typography variant="body2">{run.problem}</Typography>}
      <Problem error={error} />
      {run.mayCancel && (
        <Button
          size="small"
          variant="outlined"
          disabled={busy}
          onClick={() => cancel(run)}
          aria-label={`Cancel the run of ${name}`}
        >
          Cancel
        </Button>
      )}
      {run.mayRetry && (
        <Button
          size="small"
          variant="outlined"
          disabled={busy}
          onClick={() => retry(run)}
          aria-label={`Take up the run of ${name} again`}
        >
          Take it up again
        </Button>
      )}
    </div>
  );
}

function Bar({ run }: { run: PackRun }) {
  const classes = useStyles();
  const { progress, pack } = run;
  const words = progressText(run);
  return (
    <>
      <LinearProgress
        className={classes.bar}
        aria-label={`${pack.title} runs`}
        aria-valuetext={words}
        {...(progress &&
          progress.total > 0 && {
            variant: 'determinate' as const,
            value: Math.round((100 * progress.done) / progress.total),
          })}
      />
      <Typography variant="body2" role="status">
        {words}
      </Typography>
    </>
  );
}

/** `120 of 200 cases, 3 of them without an answer`. */
export function progressText({
  state,
  progress,
}: Pick<PackRun, 'state' | 'progress'>): string {
  if (!progress) {
    return state === 'queued' ? 'It waits for its turn.' : 'It has begun.';
  }
  const { done, total, failed, retries = 0 } = progress;
  return [
    `${done} of ${caseCountText(total)}`,
    ...(failed > 0 ? [`${failed} of them without an answer`] : []),
    ...(retries > 0
      ? [`${retries} ${retries === 1 ? 'retry' : 'retries'}`]
      : []),
  ].join(', ');
}
