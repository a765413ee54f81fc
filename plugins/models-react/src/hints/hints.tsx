import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import LockIcon from '@material-ui/icons/Lock';
import InboxOutlinedIcon from '@material-ui/icons/InboxOutlined';
import type { ReactNode } from 'react';
import { errorText, isNotAllowed } from '../api';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      gap: theme.spacing(2),
      padding: theme.spacing(3, 2),
      alignItems: 'flex-start',
    },
    icon: { color: theme.palette.text.secondary, marginTop: 2 },
    words: { minWidth: 0, overflowWrap: 'anywhere', maxWidth: '72ch' },
    action: { marginTop: theme.spacing(1.5) },
  }),
  { name: 'ModelHubHint' },
);

/**
 * Nothing to show, why, and what to do about it.
 *
 * @public
 */
export function EmptyHint(props: {
  title: string;
  description?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
}) {
  const classes = useStyles();
  return (
    <div className={classes.root} role="status">
      <span className={classes.icon} aria-hidden>
        {props.icon ?? <InboxOutlinedIcon />}
      </span>
      <div className={classes.words}>
        <Typography variant="subtitle1" component="p">
          {props.title}
        </Typography>
        {props.description && (
          <Typography variant="body2" component="div">
            {props.description}
          </Typography>
        )}
        {props.action && <div className={classes.action}>{props.action}</div>}
      </div>
    </div>
  );
}

/**
 * A failure in words, with a way to try again. Says so when the reason is that
 * the reader may not see this.
 *
 * @public
 */
export function ErrorHint(props: {
  /** What could not be done, e.g. `The models could not be loaded`. */
  title: string;
  error?: unknown;
  retry?: () => void;
}) {
  const classes = useStyles();
  const forbidden = isNotAllowed(props.error);
  return (
    <div className={classes.root} role="alert">
      <span className={classes.icon} aria-hidden>
        {forbidden ? <LockIcon /> : <ErrorOutlineIcon />}
      </span>
      <div className={classes.words}>
        <Typography variant="subtitle1" component="p">
          {forbidden ? 'You may not see this' : props.title}
        </Typography>
        {props.error !== undefined && (
          <Typography variant="body2" color="textSecondary">
            {errorText(props.error)}
          </Typography>
        )}
        {forbidden && (
          <Typography variant="body2" color="textSecondary">
            Ask the administrators of this portal for access.
          </Typography>
        )}
        {props.retry && !forbidden && (
          <Button
            className={classes.action}
            size="small"
            variant="outlined"
            onClick={props.retry}
          >
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
