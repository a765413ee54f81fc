import type { EvaluationEndpoint } from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  moneyText,
} from '@modelhub/backstage-plugin-models-react';
import { useChange } from '../lib/useChange';

/** Gives an endpoint more time, which happens once. */
export function ExtendDialog(props: {
  endpoint: EvaluationEndpoint;
  onClose: () => void;
  onDone: (after: EvaluationEndpoint) => void;
}) {
  const { endpoint, onClose, onDone } = props;
  const { send, busy, error } = useChange<EvaluationEndpoint>();
  const { perHour, soFar } = endpoint.cost;
  return (
    <ActionDialog
      title={`Extend ${endpoint.title} ${endpoint.modelVersion}?`}
      confirm="Extend it"
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={async () => {
        const sent = await send({ id: endpoint.id }, (api, body, key) =>
          api.extendEndpoint({ ...body, idempotencyKey: key }),
        );
        if (sent) onDone(sent.answer);
      }}
    >
      {endpoint.endsAt && (
        <>
          It ends at {new Date(endpoint.endsAt).toLocaleTimeString('en-GB')}{' '}
          now.{' '}
        </>
      )}
      An endpoint can be extended once.
      {perHour !== undefined && perHour > 0 && (
        <> Each hour costs {moneyText(perHour, soFar.currency)}.</>
      )}
    </ActionDialog>
  );
}
