import { useApi } from '@backstage/core-plugin-api';
import type { DriftReference } from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  modelUsageApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';

/** Asks which calls are usual from now on. */
export function ReferenceDialog(props: {
  model: string;
  version: string;
  onClose: () => void;
  onDone: (reference: DriftReference) => void;
}) {
  const { model, version, onClose, onDone } = props;
  const api = useApi(modelUsageApiRef);
  const { submit, busy, error } = useSubmission<DriftReference>();

  const confirm = async (reason: string | undefined) => {
    const set = await submit({
      body: { model, version, reason: reason ?? '' },
      send: (body, idempotencyKey) =>
        api.setDriftReference({ body, idempotencyKey }),
    });
    if (set) onDone(set);
  };

  return (
    <ActionDialog
      title={`A new reference for version ${version}`}
      confirm="Set the reference"
      busy={busy}
      error={error}
      reason={{
        label: 'Why the calls of today are as they should be',
        required: true,
        minLength: 10,
      }}
      onClose={onClose}
      onConfirm={confirm}
    >
      The last weeks become what is usual, and the drift that is shown ends.
      Calls are compared again a week from now. The reason is kept and shown.
    </ActionDialog>
  );
}
