import { useApi } from '@backstage/core-plugin-api';
import type {
  PolicyProposal,
  PolicyProposalDetail,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { ActionDialog } from '../shared/ActionDialog';

/** Ends a proposal that is not in force. */
export function WithdrawDialog(props: {
  proposal: PolicyProposal;
  onClose: () => void;
  onDone: () => void;
}) {
  const { proposal, onClose, onDone } = props;
  const { id, revision } = proposal;
  const api = useApi(modelGovernanceApiRef);
  const { submit, busy, error } = useSubmission<PolicyProposalDetail>();
  const confirm = async (reason = '') => {
    const done = await submit({
      body: { revision, reason },
      send: (body, idempotencyKey) =>
        api.withdrawPolicyProposal({ id, body, idempotencyKey }),
    });
    if (done) onDone();
  };
  return (
    <ActionDialog
      title={`Withdraw “${proposal.title}”`}
      confirm="Withdraw"
      destructive
      reason={{ label: 'Reason', required: true }}
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={confirm}
    >
      It stays readable, and cannot be opened again.
    </ActionDialog>
  );
}
