import { useApi } from '@backstage/core-plugin-api';
import type {
  PolicyFileSet,
  PolicyProposalDetail,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { Problem } from '../shared/Problem';
import { ActivateSection } from './ActivateSection';
import { CheckSection } from './CheckSection';
import { EditSection } from './EditSection';
import { ProposalHead } from './ProposalHead';
import { ProposalSteps } from './ProposalSteps';
import { ReplaySection } from './ReplaySection';
import { useCheck, type Checked } from './useCheck';
import { useEdits } from './useEdits';
import { useReplay } from './useReplay';

/** Why there is nothing to replay yet. */
function notYet(changed: boolean, { value }: Checked): string | undefined {
  if (!changed) return 'Nothing is changed yet.';
  return value && !value.valid ? 'The policies do not load yet.' : undefined;
}

/** The steps of one proposal below each other. */
export function ProposalView(props: {
  detail: PolicyProposalDetail;
  inForce: PolicyFileSet;
  onChanged: () => void;
}) {
  const { detail, inForce, onChanged } = props;
  const { proposal, commands } = detail;
  const api = useApi(modelGovernanceApiRef);
  const edits = useEdits(detail.changes, inForce.files);
  const checked = useCheck(edits.files);
  const replayed = useReplay(edits.files);
  const saving = useSubmission<PolicyProposalDetail>();
  const isOpen = ['open', 'outdated'].includes(proposal.state);
  const changed = edits.changes.length > 0;

  const save = async () => {
    const { title, reason, revision, id } = proposal;
    const saved = await saving.submit({
      body: { revision, title, reason, files: edits.files },
      send: (body, idempotencyKey) =>
        api.changePolicyProposal({ id, body, idempotencyKey }),
    });
    if (saved) onChanged();
  };

  return (
    <>
      <ProposalHead
        detail={detail}
        manage={inForce.manage}
        folder={inForce.folder}
        onChanged={onChanged}
      >
        <ProposalSteps
          detail={detail}
          changed={changed}
          dirty={edits.dirty}
          checked={checked}
          replayed={replayed}
        />
      </ProposalHead>
      <Problem error={saving.error} />
      <EditSection
        edits={edits}
        problems={isOpen ? checked.value?.errors ?? [] : []}
        mayEdit={commands.some(
          ({ command, allowed }) => command === 'edit' && allowed,
        )}
        busy={saving.busy}
        onSave={save}
      />
      {isOpen && (
        <>
          <CheckSection checked={checked} />
          <ReplaySection
            replayed={replayed}
            notYet={notYet(changed, checked)}
          />
          <ActivateSection
            detail={detail}
            dirty={edits.dirty}
            checked={checked}
            replayed={replayed}
            onDone={onChanged}
          />
        </>
      )}
    </>
  );
}
