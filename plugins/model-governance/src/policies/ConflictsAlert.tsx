import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { PolicyFileSet } from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { ActionDialog } from '../shared/ActionDialog';
import { FileDiff } from './DiffView';
import { ProposeDialog } from './ProposeDialog';

type Conflict = PolicyFileSet['conflicts'][number];

function KeepDialog(props: {
  conflict: Conflict;
  onClose: () => void;
  onDone: () => void;
}) {
  const { conflict, onClose, onDone } = props;
  const api = useApi(modelGovernanceApiRef);
  const { submit, busy, error } = useSubmission<PolicyFileSet>();
  const confirm = async (reason = '') => {
    const { file, folderHash } = conflict;
    const done = await submit({
      body: { file, ...(folderHash && { folderHash }), reason },
      send: (body, idempotencyKey) =>
        api.keepPortalPolicyFile({ body, idempotencyKey }),
    });
    if (done) onDone();
  };
  return (
    <ActionDialog
      title={`Keep the portal's ${conflict.file}`}
      confirm="Keep it"
      reason={{ label: 'Reason', required: true, minLength: 10 }}
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={confirm}
    >
      What the folder says now is taken as known; it does not come into force.
    </ActionDialog>
  );
}

/** Where the folder says something else than what the portal put over it. */
export function ConflictsAlert() {
  const [keeping, setKeeping] = useState<Conflict>();
  const [taking, setTaking] = useState<Conflict>();
  const query = useLive('policy-files', (api, signal) =>
    api.getPolicyFiles({ signal }),
  );
  const { value: files } = query;
  if (!files || files.conflicts.length === 0) return null;
  const contentOf = (name: string) =>
    files.files.find(file => file.name === name)?.content;
  return (
    <Alert severity="warning" style={{ marginBottom: 16 }}>
      <AlertTitle>
        The folder says something else than what was activated here
      </AlertTitle>
      What was activated stays in force until somebody decides.
      {files.conflicts.map(conflict => (
        <div key={conflict.file} style={{ marginTop: 8 }}>
          <FileDiff
            file={{
              name: conflict.file,
              before: contentOf(conflict.file),
              after: conflict.folderText,
            }}
          />
          {files.mayPropose && (
            <Button size="small" onClick={() => setTaking(conflict)}>
              Propose what the folder says
            </Button>
          )}
          {files.mayActivate && (
            <Button size="small" onClick={() => setKeeping(conflict)}>
              Keep what is in force
            </Button>
          )}
        </div>
      ))}
      {taking && (
        <ProposeDialog
          title={`${taking.file} as the folder says it`}
          file={{ name: taking.file, content: taking.folderText }}
          onClose={() => setTaking(undefined)}
        />
      )}
      {keeping && (
        <KeepDialog
          conflict={keeping}
          onClose={() => setKeeping(undefined)}
          onDone={() => {
            setKeeping(undefined);
            query.retry();
          }}
        />
      )}
    </Alert>
  );
}
