import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import type { EvidenceSubmission } from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { ActionDialog } from '../shared/ActionDialog';

const SHORTEST_REASON = 3;

/** Takes evidence back, with a reason. */
export function WithdrawDialog(props: {
  submission: EvidenceSubmission;
  onClose: () => void;
  onDone: () => void;
}) {
  const { submission, onClose, onDone } = props;
  const api = useApi(modelGovernanceApiRef);
  const { submit, busy, error } = useSubmission<EvidenceSubmission>();
  const [reason, setReason] = useState('');

  const confirm = async () => {
    const done = await submit({
      body: { reason: reason.trim() },
      send: (body, idempotencyKey) =>
        api.withdrawEvidence({ id: submission.id, body, idempotencyKey }),
    });
    if (done) onDone();
  };

  return (
    <ActionDialog
      title="Withdraw evidence"
      confirm="Withdraw"
      destructive
      disabled={reason.trim().length < SHORTEST_REASON}
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <Typography variant="body2" paragraph>
        It counts no more: requests that ask for this check are checked again,
        and signatures so far are void. It stays on record, with your reason.
      </Typography>
      <TextField
        id="withdraw-reason"
        label="Reason"
        required
        fullWidth
        multiline
        minRows={2}
        variant="outlined"
        value={reason}
        onChange={event => setReason(event.target.value)}
        helperText="What is wrong with it."
        inputProps={{ maxLength: 4000 }}
      />
    </ActionDialog>
  );
}
