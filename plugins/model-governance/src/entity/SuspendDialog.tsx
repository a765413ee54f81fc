import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import type { Grant } from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { nameOfRef } from '../lib/words';
import { ActionDialog } from '../shared/ActionDialog';

/** A hold on a model, or on one version of it, whether anything of it is approved or not. */
export function SuspendDialog(props: {
  entityRef: string;
  /** Those that the model has; an approval may be of one that it had. */
  versions: string[];
  grants: Grant[];
  onClose: () => void;
  onDone: () => void;
}) {
  const { entityRef, grants, onClose, onDone } = props;
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<unknown[]>();
  const [version, setVersion] = useState('');
  const versions = [
    ...new Set([...props.versions, ...grants.map(grant => grant.modelVersion)]),
  ];
  const hit = grants.filter(
    grant => !version || grant.modelVersion === version,
  ).length;

  const confirm = async (reason?: string) => {
    const { namespace, name } = parseEntityRef(entityRef);
    const held = await submission.submit({
      body: {
        reason: reason ?? '',
        ...(version && { modelVersion: version }),
      },
      send: async (body, idempotencyKey) =>
        (
          await api.suspendModel({ namespace, name, body, idempotencyKey })
        ).items,
    });
    if (held) onDone();
  };

  return (
    <ActionDialog
      title={`Suspend ${nameOfRef(entityRef)}`}
      confirm="Suspend"
      destructive
      reason={{
        label: 'Reason',
        required: true,
        helperText: 'Everybody who uses the model reads it.',
      }}
      busy={submission.busy}
      error={submission.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>
        {hit === 0
          ? 'Nothing is approved today, so no calls are stopped.'
          : `${
              hit === 1
                ? '1 live approval is put on hold'
                : `${hit} live approvals are put on hold`
            }: every gateway refuses the calls within seconds.`}{' '}
        No request is approved until the hold is cleared.
      </p>
      {versions.length > 1 && (
        <ChoiceField
          id="suspend-version"
          label="Version"
          value={version}
          none="All versions"
          choices={versions.map(one => ({ value: one, label: one }))}
          onChange={setVersion}
        />
      )}
    </ActionDialog>
  );
}
