import { useApi } from '@backstage/core-plugin-api';
import type { Objective } from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  modelUsageApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { nameOf } from './words';

/** Asks before nobody hears any more when it is not kept. */
export function RemoveObjectiveDialog(props: {
  objective: Objective;
  onClose: () => void;
  onDone: () => void;
}) {
  const { objective, onClose, onDone } = props;
  const api = useApi(modelUsageApiRef);
  const { submit, busy, error } = useSubmission<true>();

  const confirm = async (reason: string | undefined) => {
    const { id, version } = objective;
    const removed = await submit({
      body: { id, version, reason },
      send: async (body, idempotencyKey) => {
        await api.removeObjective({ ...body, idempotencyKey });
        return true as const;
      },
    });
    if (removed) onDone();
  };

  return (
    <ActionDialog
      title={`Remove: ${nameOf(objective)}`}
      confirm="Remove"
      destructive
      busy={busy}
      error={error}
      reason={{ label: 'Why', required: false }}
      onClose={onClose}
      onConfirm={confirm}
    >
      Nobody is told any more when it is not kept.
      {objective.defaultOf &&
        ` It is the default of ${objective.defaultOf}, and does not come again.`}{' '}
      What was counted stays.
    </ActionDialog>
  );
}
