import type { EvaluationEndpoint } from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  PersonName,
} from '@modelhub/backstage-plugin-models-react';
import { useChange } from '../lib/useChange';

/** Ends an endpoint before its time. */
export function StopDialog(props: {
  endpoint: EvaluationEndpoint;
  onClose: () => void;
  onDone: (after: EvaluationEndpoint) => void;
}) {
  const { endpoint, onClose, onDone } = props;
  const { send, busy, error } = useChange<EvaluationEndpoint>();
  return (
    <ActionDialog
      title={`Stop ${endpoint.title} ${endpoint.modelVersion}?`}
      confirm="Stop it now"
      destructive
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={async () => {
        const sent = await send({ id: endpoint.id }, (api, body, key) =>
          api.stopEndpoint({ ...body, idempotencyKey: key }),
        );
        if (sent) onDone(sent.answer);
      }}
    >
      Calls that are under way break off, its gateway key is revoked, and it
      cannot be started again: evaluate the model anew for another endpoint.
      Everybody in <PersonName entityRef={endpoint.team} /> loses it. Results of
      own inputs stay.
    </ActionDialog>
  );
}
