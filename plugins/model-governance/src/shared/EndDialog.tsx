import type { ReactNode } from 'react';
import { useSubmission } from '@modelhub/backstage-plugin-models-react';
import { ActionDialog } from './ActionDialog';

/** Asks before something ends for good (is removed, revoked, ended), and does it once. */
export function EndDialog(props: {
  id: string;
  title: string;
  /** The verb on the button. */
  confirm: string;
  /** What it means. */
  children: ReactNode;
  end: (request: { id: string; idempotencyKey: string }) => Promise<unknown>;
  onClose: () => void;
  onDone: () => void;
}) {
  const { id, title, confirm, children, end, onClose, onDone } = props;
  const { submit, busy, error } = useSubmission<true>();

  const onConfirm = async () => {
    const done = await submit({
      body: { id },
      send: async (body, idempotencyKey) => {
        await end({ ...body, idempotencyKey });
        return true;
      },
    });
    if (done) onDone();
  };

  return (
    <ActionDialog
      title={title}
      confirm={confirm}
      destructive
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={onConfirm}
    >
      {children}
    </ActionDialog>
  );
}
