import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import type { PolicyProposalDetail } from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ActionDialog } from '../shared/ActionDialog';
import { usePoliciesPath } from './PoliciesNav';

/** Begins a proposal, and goes to it. */
export function ProposeDialog(props: {
  /** What is said before anybody types. */
  title?: string;
  /** Begin with what leads back to this. */
  revertTo?: number;
  /** Begin with this file as it is said here. */
  file?: { name: string; content?: string };
  onClose: () => void;
}) {
  const { revertTo, file, onClose } = props;
  const api = useApi(modelGovernanceApiRef);
  const path = usePoliciesPath();
  const navigate = useNavigate();
  const [title, setTitle] = useState(props.title ?? '');
  const { submit, busy, error } = useSubmission<PolicyProposalDetail>();

  const confirm = async (reason = '') => {
    const made = await submit({
      body: {
        title: title.trim(),
        reason,
        ...(revertTo !== undefined && { revertTo }),
        ...(file && { files: [file] }),
      },
      send: (body, idempotencyKey) =>
        api.createPolicyProposal({ body, idempotencyKey }),
    });
    if (made) navigate(path(`proposals/${made.proposal.id}`));
  };

  return (
    <ActionDialog
      title="Propose a change of the policies"
      confirm="Begin"
      reason={{
        label: 'Why it should change',
        required: true,
        minLength: 10,
        helperText: 'Whoever activates it reads this; it stays in the record.',
      }}
      disabled={title.trim().length < 3}
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>
        Nothing changes yet: you edit the files, look at what would come of it,
        and somebody else puts it into force.
      </p>
      <TextField
        id="proposal-title"
        label="Title"
        required
        fullWidth
        variant="outlined"
        margin="dense"
        value={title}
        onChange={event => setTitle(event.target.value)}
        inputProps={{ maxLength: 200 }}
        helperText="What changes, in a few words."
      />
    </ActionDialog>
  );
}
