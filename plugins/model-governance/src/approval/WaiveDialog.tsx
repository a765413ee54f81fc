import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import type {
  ApprovalDetail,
  GateResult,
  StepUpProof,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useStepUp } from '../hooks/useStepUp';
import { asksForPasskey } from '../lib/errors';
import { ActionDialog } from '../shared/ActionDialog';

const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Lets a gate pass that did not, with a name, a reason and an end. */
export function WaiveDialog(props: {
  approval: ApprovalDetail;
  gate: GateResult;
  onClose: () => void;
  onDone: (after: ApprovalDetail) => void;
}) {
  const { approval, gate, onClose, onDone } = props;
  const api = useApi(modelGovernanceApiRef);
  const stepUp = useStepUp();
  const submission = useSubmission<ApprovalDetail>();
  const [until, setUntil] = useState(() => inDays(30));
  const [passkey, setPasskey] = useState(
    approval.demands.signOffs.some(demand => demand.secondFactor),
  );
  const needsPasskey = passkey || asksForPasskey(submission.error);

  const confirm = async (reason?: string) => {
    setPasskey(needsPasskey);
    const subject = { id: approval.id, gateId: gate.gateId };
    const after = await submission.submit<
      { reason: string; until: string },
      { reason: string; until: string; stepUp?: StepUpProof }
    >({
      body: { reason: reason ?? '', until: `${until}T23:59:59.000Z` },
      complete: needsPasskey
        ? async body => ({
            ...body,
            stepUp: await stepUp('gate.waive', { ...subject, ...body }),
          })
        : undefined,
      send: (body, idempotencyKey) =>
        api.waiveGate({ ...subject, body, idempotencyKey }),
    });
    if (after) onDone(after);
  };

  return (
    <ActionDialog
      title={`Waive ${gate.title}`}
      confirm={needsPasskey ? 'Waive with passkey' : 'Waive'}
      destructive
      reason={{ label: 'Reason', required: true, minLength: 10 }}
      busy={submission.busy}
      error={submission.error}
      disabled={!until}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>
        The check counts as passed for this request until the day that you
        choose. Your name and reason stay in the record.
      </p>
      <TextField
        id="waive-until"
        label="Until"
        type="date"
        required
        value={until}
        onChange={event => setUntil(event.target.value)}
        InputLabelProps={{ shrink: true }}
        inputProps={{ min: inDays(1) }}
      />
    </ActionDialog>
  );
}
