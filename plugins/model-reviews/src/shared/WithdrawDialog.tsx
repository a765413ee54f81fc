import { ActionDialog } from '@modelhub/backstage-plugin-models-react';
import { useChange } from './useChange';

/** Takes back what one wrote. */
export function WithdrawDialog(props: {
  id: string;
  noun: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { id, noun, onClose, onDone } = props;
  const withdrawal = useChange<unknown>();
  return (
    <ActionDialog
      title={`Withdraw your ${noun}`}
      confirm="Withdraw"
      destructive
      busy={withdrawal.busy}
      error={withdrawal.error}
      onClose={onClose}
      onConfirm={async () => {
        const done = await withdrawal.send({ id }, (api, _, idempotencyKey) =>
          api.withdrawContribution({ id, idempotencyKey }),
        );
        if (done) onDone();
      }}
    >
      <p>
        Nobody but you sees it from then on. You can undo this for a while; then
        its text is gone for good.
      </p>
    </ActionDialog>
  );
}
