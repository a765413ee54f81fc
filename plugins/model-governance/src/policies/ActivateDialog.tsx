import { useApi } from '@backstage/core-plugin-api';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type {
  PolicyProposal,
  PolicyProposalDetail,
  PolicyReplay,
} from '@modelhub/backstage-plugin-models-common';
import {
  ErrorHint,
  modelGovernanceApiRef,
  tierText,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useStepUp } from '../hooks/useStepUp';
import { ActionDialog } from '../shared/ActionDialog';
import { count, replaySentence } from './proposalWords';
import type { Replayed } from './useReplay';

const MOST_NAMES = 20;

/** Names what ends, before anybody confirms. */
function Consequences({ replay }: { replay: PolicyReplay }) {
  const ending = replay.approvals.items.filter(
    ({ effect }) => effect === 'ends',
  );
  if (ending.length === 0) {
    return <Alert severity="info">{replaySentence(replay)}</Alert>;
  }
  return (
    <Alert severity="warning">
      <AlertTitle>
        {count(ending.length, 'approval ends', 'approvals end')}, and gateways
        refuse their calls
      </AlertTitle>
      <ul aria-label="Approvals that end">
        {ending.slice(0, MOST_NAMES).map(one => (
          <li key={one.id}>
            {one.title} {one.version}: {tierText(one.tier).label}, {one.purpose}
            , {one.profile}
          </li>
        ))}
      </ul>
      {ending.length > MOST_NAMES && (
        <>And {ending.length - MOST_NAMES} more. </>
      )}
      They are suspended, and live again by themselves if the policies go back.
    </Alert>
  );
}

/** Asks for a reason and a passkey over what was looked at. */
export function ActivateDialog(props: {
  proposal: PolicyProposal;
  /** What the version of the policies will be. */
  version: string;
  replayed: Replayed;
  onClose: () => void;
  onDone: () => void;
}) {
  const { proposal, version, replayed, onClose, onDone } = props;
  const api = useApi(modelGovernanceApiRef);
  const stepUp = useStepUp();
  const { submit, busy, error } = useSubmission<PolicyProposalDetail>();
  const { id, revision } = proposal;

  const confirm = async (reason = '') => {
    const done = await submit({
      body: { revision, version, reason },
      complete: async body => ({
        ...body,
        stepUp: await stepUp('policy.activate', { id, ...body }),
      }),
      send: (body, idempotencyKey) =>
        api.activatePolicyProposal({ id, body, idempotencyKey }),
    });
    if (done) onDone();
  };

  return (
    <ActionDialog
      title={`Put “${proposal.title}” into force`}
      confirm="Activate with passkey"
      destructive={(replayed.value?.approvals.ends ?? 0) > 0}
      reason={{ label: 'Reason', required: true, minLength: 10 }}
      disabled={!replayed.value}
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={confirm}
    >
      {replayed.value && <Consequences replay={replayed.value} />}
      {replayed.busy && <p role="status">Looking at what would end…</p>}
      {replayed.error !== undefined && (
        <ErrorHint
          title="What would end could not be found out"
          error={replayed.error}
          retry={replayed.run}
        />
      )}
    </ActionDialog>
  );
}
