import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import {
  ActionDialog,
  useFieldStyles,
} from '@modelhub/backstage-plugin-models-react';
import type { ReactNode } from 'react';
import type { Draft } from '../lib/draft';
import type { useChange } from './useChange';

/**
 * Somebody writes something, or changes what they wrote. What was begun is kept
 * in the browser until it was sent.
 */
export function WritingDialog<Form, Sent>(props: {
  title: string;
  confirm: string;
  disabled: boolean;
  draft: Draft<Form>;
  change: ReturnType<typeof useChange<Sent>>;
  /** Undefined when it failed. */
  send: () => Promise<{ answer: Sent } | undefined>;
  onClose: () => void;
  onDone: () => void;
  /** Above the fields. */
  lead?: ReactNode;
  children: ReactNode;
}) {
  const { draft, change, send, onDone } = props;
  const classes = useFieldStyles();
  return (
    <ActionDialog
      title={props.title}
      confirm={props.confirm}
      disabled={props.disabled}
      busy={change.busy}
      error={change.error}
      onClose={props.onClose}
      onConfirm={async () => {
        if (!(await send())) return;
        draft.done();
        onDone();
      }}
    >
      {props.lead}
      {draft.restored && (
        <Typography variant="body2" role="status" component="div">
          This is what you began to write.{' '}
          <Button size="small" onClick={draft.discard}>
            Begin anew
          </Button>
        </Typography>
      )}
      <div className={classes.fields}>{props.children}</div>
    </ActionDialog>
  );
}
