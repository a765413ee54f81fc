import TextField from '@material-ui/core/TextField';
import { useState } from 'react';
import { ActionDialog } from './ActionDialog';

/** Asks what to call something new. */
export function NameDialog(props: {
  /** Of the field, on the whole page. */
  id: string;
  title: string;
  /** The verb on the button. */
  confirm: string;
  helperText?: string;
  busy: boolean;
  error?: unknown;
  onClose: () => void;
  onConfirm: (name: string) => void;
}) {
  const { id, helperText, onConfirm, ...dialog } = props;
  const [text, setText] = useState('');
  const name = text.trim();
  return (
    <ActionDialog
      {...dialog}
      disabled={!name}
      onConfirm={() => onConfirm(name)}
    >
      <TextField
        id={id}
        label="Name"
        required
        fullWidth
        variant="outlined"
        size="small"
        margin="dense"
        value={text}
        onChange={event => setText(event.target.value)}
        helperText={helperText}
        inputProps={{ maxLength: 100 }}
      />
    </ActionDialog>
  );
}
