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
import { daysText } from '../lib/words';
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
  const demand = approval.demands.gates.find(({ id }) => id === gate.gateId);
  const days = demand?.waiverDays || 30;
  // The end is that of the day, and the policy counts hours.
  const latest = inDays(Math.max(1, days - 1));
  const [until, setUntil] = useState(latest);
  const [passkey, setPasskey] = useState(
    demand?.waiverSecondFactor ||
      approval.demands.signOffs.some(one => one.secondFactor),
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
        choose. When it ends, an approval that rests on it is suspended unless
        the check passes by then. Your name and reason stay in the record, and
        in the list of waivers.
      </p>
      <TextField
        id="waive-until"
        label="Until"
        type="date"
        required
        value={until}
        onChange={event => setUntil(event.target.value)}
        InputLabelProps={{ shrink: true }}
        inputProps={{ min: inDays(1), max: latest }}
        helperText={
          demand?.waiverDays
            ? `The policy lets it last ${daysText(demand.waiverDays)} at most.`
            : undefined
        }
      />
    </ActionDialog>
  );
}
