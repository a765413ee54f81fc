import { useApi } from '@backstage/core-plugin-api';
import type { PublicKey } from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useStepUp } from '../hooks/useStepUp';
import { ActionDialog } from '../shared/ActionDialog';
import type { KeyUse } from './signingKeyText';

const titles: Record<KeyUse, string> = {
  snapshot: 'Rotate the key of snapshots',
  ledger: 'Rotate the key of the ledger',
  statement: 'Rotate the key of statements',
};

/** What a rotation means to those who verify what was signed. */
function Consequences({ use }: { use: KeyUse }) {
  if (use !== 'snapshot') {
    return (
      <p>
        What was signed so far stays valid: the old public key is kept. Whoever
        checks signatures offline needs the new public key too.
      </p>
    );
  }
  return (
    <>
      <p>
        Gateways that trust the key of today follow by themselves, because it
        vouches for the new one.
      </p>
      <p>
        <strong>Gateways with pinned key ids do not.</strong> They refuse what
        the new key signs, go on with the snapshot that they hold, and refuse
        every call once that is too old (after 15 minutes, unless it is set
        otherwise). The id of the new key is shown after the rotation: add it to
        their <code>controlPlane.pinnedKeyIds</code> at once.
      </p>
    </>
  );
}

/** Asks for a reason and a passkey, and signs with a new key from then on. */
export function RotateKeyDialog(props: {
  use: KeyUse;
  onClose: () => void;
  onDone: (key: PublicKey) => void;
}) {
  const { use, onClose, onDone } = props;
  const api = useApi(modelGovernanceApiRef);
  const stepUp = useStepUp();
  const submission = useSubmission<PublicKey>();

  const confirm = async (reason = '') => {
    const rotated = await submission.submit({
      body: { use, reason },
      complete: async body => ({
        ...body,
        stepUp: await stepUp('signing-key.rotate', { id: use, ...body }),
      }),
      send: (body, idempotencyKey) =>
        api.rotateSigningKey({ body, idempotencyKey }),
    });
    if (rotated) onDone(rotated);
  };

  return (
    <ActionDialog
      title={titles[use]}
      confirm="Rotate with passkey"
      destructive
      reason={{ label: 'Reason', required: true, minLength: 10 }}
      busy={submission.busy}
      error={submission.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <Consequences use={use} />
    </ActionDialog>
  );
}
