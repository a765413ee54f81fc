import TextField from '@material-ui/core/TextField';
import { ActionDialog } from '../shared/ActionDialog';
import { useState } from 'react';

const FILE =
  /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\.ya?ml$/;

/** What is wrong with the name of a new file; undefined where nothing is. */
export function wrongName(name: string, taken: string[]): string | undefined {
  if (!FILE.test(name)) {
    return 'Use letters, digits, hyphens and folders, and end with .yaml, as in shop.yaml or tests/shop.yaml.';
  }
  return taken.includes(name) ? 'There is a file of this name.' : undefined;
}

/** Names a new file. */
export function NameDialog(props: {
  taken: string[];
  onClose: () => void;
  onName: (name: string) => void;
}) {
  const [name, setName] = useState('');
  const wrong = wrongName(name.trim(), props.taken);
  return (
    <ActionDialog
      title="Add a policy file"
      confirm="Add"
      disabled={wrong !== undefined}
      busy={false}
      onClose={props.onClose}
      onConfirm={() => props.onName(name.trim())}
    >
      <TextField
        id="policy-file-name"
        label="Name"
        fullWidth
        variant="outlined"
        margin="dense"
        value={name}
        error={name !== '' && wrong !== undefined}
        helperText={
          name !== '' && wrong
            ? wrong
            : 'Below the folder of policies, as in shop.yaml.'
        }
        onChange={event => setName(event.target.value)}
      />
    </ActionDialog>
  );
}
