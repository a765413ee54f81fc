import type {
  PlaygroundBatch,
  PlaygroundBatchTarget,
} from '@modelhub/backstage-plugin-models-common';
import { ActionDialog } from '@modelhub/backstage-plugin-models-react';
import { useChange } from '../lib/useChange';
import { targetName } from '../playground/words';

/** Files what a target came to with its model. */
export function SaveDialog(props: {
  batch: PlaygroundBatch;
  target: PlaygroundBatchTarget;
  onClose: () => void;
  onDone: (after: PlaygroundBatch) => void;
}) {
  const { batch, target, onClose, onDone } = props;
  const { send, busy, error } = useChange<PlaygroundBatch>();
  return (
    <ActionDialog
      title={`Save “${batch.name}” of ${targetName(target.target)}?`}
      confirm="Save it"
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={async () => {
        const sent = await send({ target: target.place }, (api, body, key) =>
          api.savePlaygroundBatch({ id: batch.id, body, idempotencyKey: key }),
        );
        if (sent) onDone(sent.answer);
      }}
    >
      Its metrics become an evaluation of the model, in your name, for everybody
      who may read the model. It cannot be changed or taken back. The prompts
      and answers stay here and are erased in time; the digest of the file goes
      along. It is marked as somebody’s own input: no check takes it for an
      official pack.
    </ActionDialog>
  );
}
