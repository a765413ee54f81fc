import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type {
  PlaygroundBatch,
  PlaygroundBatchTarget,
} from '@modelhub/backstage-plugin-models-common';
import { useState } from 'react';
import { useServingPaths } from '../lib/paths';
import { targetName } from '../playground/words';
import { AttachDialog } from './AttachDialog';
import { SaveDialog } from './SaveDialog';
import { isUnderWay, progressText, runStateText } from './words';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(1.5, 0),
      '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    name: { flexGrow: 1, minWidth: 0, fontWeight: 600 },
    bar: { margin: theme.spacing(1, 0) },
  }),
  { name: 'ModelServingTargetProgress' },
);

function Bar({ target }: { target: PlaygroundBatchTarget }) {
  const classes = useStyles();
  const share =
    target.total > 0 ? Math.round((100 * target.done) / target.total) : 0;
  return (
    <LinearProgress
      className={classes.bar}
      variant="determinate"
      value={share}
      aria-label={`Progress of ${targetName(target.target)}`}
      aria-valuetext={progressText(target)}
    />
  );
}

/** Where the outcome of a target went. */
function Kept({ target }: { target: PlaygroundBatchTarget }) {
  const paths = useServingPaths();
  const { approval } = paths;
  return (
    <>
      {target.resultId && (
        <Typography variant="body2">
          Saved as an evaluation:{' '}
          <Link to={paths.evaluations(target.target.entityRef)}>
            evaluations of the model
          </Link>
        </Typography>
      )}
      {target.attachedTo.length > 0 && (
        <Typography variant="body2">
          Attached to{' '}
          {target.attachedTo.map((id, index) => (
            <span key={id}>
              {index > 0 && ', '}
              {approval ? (
                <Link to={approval(id)}>a request</Link>
              ) : (
                `request ${id}`
              )}
            </span>
          ))}
        </Typography>
      )}
    </>
  );
}

/** One target of a batch: how far it is, and what to do with its outcome. */
export function TargetProgress(props: {
  batch: PlaygroundBatch;
  target: PlaygroundBatchTarget;
  onChanged: (after: PlaygroundBatch) => void;
}) {
  const { batch, target, onChanged } = props;
  const classes = useStyles();
  const [asking, setAsking] = useState<'save' | 'attach'>();
  const name = targetName(target.target);
  const close = () => setAsking(undefined);
  const done = (after: PlaygroundBatch) => {
    close();
    onChanged(after);
  };
  return (
    <div className={classes.root} role="group" aria-label={name}>
      <div className={classes.head}>
        <Typography variant="body2" className={classes.name}>
          {name}
        </Typography>
        {target.state === 'finished' && (
          <>
            {!target.resultId && (
              <Button
                size="small"
                variant="outlined"
                onClick={() => setAsking('save')}
                aria-label={`Save ${name} as an evaluation run`}
              >
                Save as evaluation run…
              </Button>
            )}
            <Button
              size="small"
              variant="outlined"
              onClick={() => setAsking('attach')}
              aria-label={`Attach ${name} to a request`}
            >
              Attach to a request…
            </Button>
          </>
        )}
      </div>
      {isUnderWay(target.state) && <Bar target={target} />}
      <Typography variant="body2" color="textSecondary">
        {runStateText(target.state)}, {progressText(target)}
      </Typography>
      {target.problem && <Alert severity="error">{target.problem}</Alert>}
      <Kept target={target} />
      {asking === 'save' && (
        <SaveDialog
          batch={batch}
          target={target}
          onClose={close}
          onDone={done}
        />
      )}
      {asking === 'attach' && (
        <AttachDialog
          batch={batch}
          target={target}
          onClose={close}
          onDone={done}
        />
      )}
    </div>
  );
}
