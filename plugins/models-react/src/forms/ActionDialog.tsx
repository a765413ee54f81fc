import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import { FormEvent, ReactNode, useState } from 'react';
import { errorText } from '../api';
import { useFieldStyles } from './useFieldStyles';

/**
 * How an {@link ActionDialog} asks for a reason.
 *
 * @public
 */
export interface ReasonOptions {
  label: string;
  required: boolean;
  minLength?: number;
  helperText?: string;
}

/** Whoever opened a dialog with fields means to fill them. */
const focusFirstField = (dialog: HTMLElement) =>
  dialog.querySelector<HTMLElement>('input, select, textarea')?.focus();

/**
 * Props of {@link ActionDialog}.
 *
 * @public
 */
export interface ActionDialogProps {
  title: string;
  /** What will happen. */
  children?: ReactNode;
  confirm: string;
  destructive?: boolean;
  reason?: ReasonOptions;
  disabled?: boolean;
  busy: boolean;
  error?: unknown;
  /** Shown in place of the words of the error, where more can be said. */
  problem?: ReactNode;
  onClose: () => void;
  onConfirm: (reason: string | undefined) => void;
}

/**
 * Ask before something is done: what will happen, a reason where it is needed,
 * and what went wrong when it did.
 *
 * @public
 */
export function ActionDialog(props: ActionDialogProps) {
  const classes = useFieldStyles();
  const [reason, setReason] = useState('');
  const [touched, setTouched] = useState(false);
  const given = reason.trim();
  const wanted = props.reason;
  const shortest = wanted?.required ? wanted.minLength ?? 3 : 0;
  const reasonMissing = given.length < shortest;

  const confirm = (event: FormEvent) => {
    event.preventDefault();
    setTouched(true);
    if (reasonMissing || props.disabled) return;
    props.onConfirm(given || undefined);
  };

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={props.busy ? undefined : props.onClose}
      aria-labelledby="modelhub-dialog-title"
      TransitionProps={{ onEntered: focusFirstField }}
    >
      <form onSubmit={confirm} noValidate className={classes.form}>
        <DialogTitle id="modelhub-dialog-title">{props.title}</DialogTitle>
        <DialogContent>
          {props.children && (
            <DialogContentText component="div">
              {props.children}
            </DialogContentText>
          )}
          {wanted && (
            <TextField
              id="modelhub-dialog-reason"
              label={wanted.label}
              required={wanted.required}
              value={reason}
              onChange={event => setReason(event.target.value)}
              error={touched && reasonMissing}
              helperText={
                touched && reasonMissing
                  ? `Write at least ${shortest} characters: it becomes part of the record.`
                  : wanted.helperText ?? 'It becomes part of the record.'
              }
              inputProps={{ maxLength: 4000 }}
              variant="outlined"
              margin="dense"
              multiline
              minRows={3}
              fullWidth
            />
          )}
          {props.error !== undefined &&
            (props.problem ?? (
              <Alert severity="error" role="alert">
                {errorText(props.error)}
              </Alert>
            ))}
        </DialogContent>
        <DialogActions>
          <Button onClick={props.onClose} disabled={props.busy}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant="contained"
            color={props.destructive ? 'secondary' : 'primary'}
            disabled={props.busy || props.disabled}
          >
            {props.busy ? 'Working…' : props.confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
