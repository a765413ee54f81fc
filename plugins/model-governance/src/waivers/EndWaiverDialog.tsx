import { useApi } from '@backstage/core-plugin-api';
import type {
  ApprovalDetail,
  Waiver,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { modelTitle } from '../lib/words';
import { ActionDialog } from '../shared/ActionDialog';

/** Ends a waiver before its time, and says what that does. */
export function EndWaiverDialog(props: {
  waiver: Waiver;
  onClose: () => void;
  onDone: () => void;
}) {
  const { waiver, onClose, onDone } = props;
  const { approval } = waiver;
  const api = useApi(modelGovernanceApiRef);
  const { submit, busy, error } = useSubmission<ApprovalDetail>();

  const confirm = async (reason?: string) => {
    const after = await submit({
      body: { reason: reason ?? '' },
      send: (body, idempotencyKey) =>
        api.endWaiver({
          id: approval.id,
          gateId: waiver.gateId,
          body,
          idempotencyKey,
        }),
    });
    if (after) onDone();
  };

  return (
    <ActionDialog
      title={`End the waiver of ${waiver.title}`}
      confirm="End the waiver"
      destructive
      reason={{ label: 'Reason', required: true, minLength: 10 }}
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>
        The check counts again for {modelTitle(approval)}{' '}
        {approval.modelVersion} at once.{' '}
        {approval.restsOnIt
          ? 'The approval rests on the waiver: it is suspended and its calls are refused, unless the check passes by now.'
          : 'No live approval rests on the waiver.'}
      </p>
    </ActionDialog>
  );
}
