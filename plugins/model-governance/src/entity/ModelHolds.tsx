import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { Hold } from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  Person,
  RelativeTime,
  Section,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import type { Live } from '../hooks/useLive';
import { nameOfRef } from '../lib/words';
import { ActionDialog } from '../shared/ActionDialog';
import { Loaded } from '../shared/Loaded';

const reachOf = ({ modelVersion }: Hold) =>
  modelVersion === undefined ? 'The whole model' : `Version ${modelVersion}`;

/** The open holds on a model or on versions of it; nothing where there are none. */
export function ModelHolds(props: {
  entityRef: string;
  query: Live<Hold[]>;
  onCleared: () => void;
}) {
  const { entityRef, query, onCleared } = props;
  const [chosen, setChosen] = useState<Hold>();
  const cleared = ({ id }: Hold) => {
    setChosen(undefined);
    query.set((query.value ?? []).filter(hold => hold.id !== id));
    onCleared();
  };
  if (query.status === 'loading' && !query.value) return null;
  return (
    <>
      <Loaded query={query} failure="The holds could not be loaded">
        {holds =>
          holds.length > 0 && (
            <Section
              title="On hold"
              description="Calls are refused, and nothing new is approved, until this is cleared."
            >
              {holds.map(hold => (
                <div key={hold.id} style={{ marginBottom: 16 }}>
                  <Typography variant="subtitle2" component="h3">
                    {reachOf(hold)}: {hold.reason}
                  </Typography>
                  <Typography variant="body2" color="textSecondary">
                    By <Person entityRef={hold.placedBy} />,{' '}
                    <RelativeTime at={hold.placedAt} />
                  </Typography>
                  {hold.mayClear && (
                    <Button
                      size="small"
                      variant="outlined"
                      color="primary"
                      onClick={() => setChosen(hold)}
                    >
                      Clear hold…
                    </Button>
                  )}
                </div>
              ))}
            </Section>
          )
        }
      </Loaded>
      {chosen && (
        <ClearHoldDialog
          entityRef={entityRef}
          hold={chosen}
          onClose={() => setChosen(undefined)}
          onDone={() => cleared(chosen)}
        />
      )}
    </>
  );
}

function ClearHoldDialog(props: {
  entityRef: string;
  hold: Hold;
  onClose: () => void;
  onDone: () => void;
}) {
  const { entityRef, hold, onClose, onDone } = props;
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<unknown[]>();

  const confirm = async (reason?: string) => {
    const { namespace, name } = parseEntityRef(entityRef);
    const reached = await submission.submit({
      body: { reason: reason ?? '' },
      send: async (body, idempotencyKey) =>
        (
          await api.clearModelHold({
            namespace,
            name,
            holdId: hold.id,
            body,
            idempotencyKey,
          })
        ).items,
    });
    if (reached) onDone();
  };

  return (
    <ActionDialog
      title={`Clear hold on ${nameOfRef(entityRef)}`}
      confirm="Clear hold"
      reason={{ label: 'Reason', required: true }}
      busy={submission.busy}
      error={submission.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>
        <strong>{reachOf(hold)}</strong>: {hold.reason}
      </p>
      <p>
        Approvals that nothing else holds let calls through again at once, and
        requests can be approved.
      </p>
    </ActionDialog>
  );
}
