import { useApi } from '@backstage/core-plugin-api';
import type { Ask } from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { ActionDialog } from '../shared/ActionDialog';
import { toolNames } from './AskCard';
import type { Decision } from './decisions';

/** Asks once more before a held call goes on or is refused. */
export function DecideDialog(props: {
  ask: Ask;
  decision: Decision;
  onClose: () => void;
  onDecided: (ask: Ask) => void;
}) {
  const { ask, decision, onClose, onDecided } = props;
  const api = useApi(modelGovernanceApiRef);
  const { submit, busy, error } = useSubmission<Ask>();
  const isDenial = decision.id === 'deny';

  const confirm = async (reason: string | undefined) => {
    const decided = await submit({
      body: { decision: decision.id, ...(reason && { reason }) },
      send: (body, idempotencyKey) =>
        api.decideAsk({ id: ask.id, body, idempotencyKey }),
    });
    if (decided) onDecided(decided);
  };

  return (
    <ActionDialog
      title={`${decision.label}: ${toolNames(ask)}`}
      confirm={decision.label}
      destructive={isDenial}
      reason={{
        label: 'Reason',
        required: isDenial,
        helperText: isDenial
          ? 'The agent is told; it becomes part of the record.'
          : undefined,
      }}
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={confirm}
    >
      {decision.effect}
    </ActionDialog>
  );
}
