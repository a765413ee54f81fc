import { useApi } from '@backstage/core-plugin-api';
import type { Budget } from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  modelUsageApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import type { Names } from '../lib/useNames';
import { subjectText } from './SubjectName';

/** Asks before nothing bounds the spending any more. */
export function RemoveBudgetDialog(props: {
  budget: Budget;
  names: Names | undefined;
  onClose: () => void;
  onDone: () => void;
}) {
  const { budget, names, onClose, onDone } = props;
  const { kind, subject } = budget;
  const api = useApi(modelUsageApiRef);
  const { submit, busy, error } = useSubmission<true>();

  const confirm = async () => {
    const removed = await submit({
      body: { kind, subject },
      send: async (body, idempotencyKey) => {
        await api.deleteBudget({ ...body, idempotencyKey });
        return true as const;
      },
    });
    if (removed) onDone();
  };

  return (
    <ActionDialog
      title={`Remove the budget of ${subjectText(kind, subject, names)}`}
      confirm="Remove"
      destructive
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={confirm}
    >
      Nothing bounds this spending any more, and nobody is told about it. What
      was spent stays on record; its alerts go.
    </ActionDialog>
  );
}
