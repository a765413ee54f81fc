import { useApi } from '@backstage/core-plugin-api';
import type { UsageImport } from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  modelUsageApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { sumsText } from './ImportSums';

/** Asks before what an import added is taken back. */
export function UndoDialog(props: {
  of: UsageImport;
  onClose: () => void;
  onDone: () => void;
}) {
  const { of, onClose, onDone } = props;
  const api = useApi(modelUsageApiRef);
  const { submit, busy, error } = useSubmission<UsageImport>();
  const confirm = async () => {
    const undone = await submit({
      body: { id: of.id },
      send: body => api.undoUsageImport(body),
    });
    if (undone) onDone();
  };
  return (
    <ActionDialog
      title={`Undo the import of ${of.fileName}`}
      confirm="Undo import"
      destructive
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={confirm}
    >
      What it added is taken out of all sums: {sumsText(of.added)}. The file may
      be imported again.
    </ActionDialog>
  );
}
