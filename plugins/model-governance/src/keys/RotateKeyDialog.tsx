import { useApi } from '@backstage/core-plugin-api';
import type {
  GatewayKey,
  IssuedKey,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  modelGovernanceApiRef,
  useFieldStyles,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { ActionDialog } from '../shared/ActionDialog';

const overlaps = [
  { value: '0', label: 'Ends at once' },
  { value: '1', label: 'Holds for an hour' },
  { value: '24', label: 'Holds for a day' },
  { value: '168', label: 'Holds for a week' },
  { value: '720', label: 'Holds for 30 days' },
];

/** Gives a key a new secret, while the old one goes on for a chosen time. */
export function RotateKeyDialog(props: {
  rotating: GatewayKey;
  onClose: () => void;
  onRotated: (key: IssuedKey) => void;
}) {
  const { rotating, onClose, onRotated } = props;
  const classes = useFieldStyles();
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<IssuedKey>();
  const [overlap, setOverlap] = useState('24');

  const confirm = async () => {
    const rotated = await submission.submit({
      body: { overlapHours: Number(overlap) },
      send: (body, idempotencyKey) =>
        api.rotateKey({ id: rotating.id, body, idempotencyKey }),
    });
    if (rotated) onRotated(rotated);
  };

  return (
    <ActionDialog
      title={`Rotate key ${rotating.name}`}
      confirm="Rotate"
      busy={submission.busy}
      error={submission.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>
        The key gets a new secret, which is shown once. Its profile, purpose,
        tier and end stay.
        {rotating.previous &&
          ` The secret before this one (…${rotating.previous.hint}) still holds and ends at once.`}
      </p>
      <div className={classes.fields}>
        <ChoiceField
          id="key-overlap"
          label={`The secret of today (…${rotating.hint})`}
          value={overlap}
          choices={overlaps}
          onChange={setOverlap}
          helperText="Long enough to replace it everywhere. If it leaked, let it end at once."
        />
      </div>
    </ActionDialog>
  );
}
