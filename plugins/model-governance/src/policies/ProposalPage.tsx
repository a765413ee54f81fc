import type {
  PolicyFileSet,
  PolicyProposalDetail,
} from '@modelhub/backstage-plugin-models-common';
import { useLive } from '../hooks/useLive';
import { GovernanceTitle } from '../governance/GovernanceTitle';
import { Loaded } from '../shared/Loaded';
import { ProposalView } from './ProposalView';

/** One proposed change of the policies, from its text to its force. */
export function ProposalPage({ id }: { id: string }) {
  const query = useLive(
    `policy-proposal:${id}`,
    async (
      api,
      signal,
    ): Promise<{ detail: PolicyProposalDetail; files: PolicyFileSet }> => {
      const [detail, files] = await Promise.all([
        api.getPolicyProposal({ id }, { signal }),
        api.getPolicyFiles({ signal }),
      ]);
      return { detail, files };
    },
  );
  return (
    <Loaded query={query} failure="The proposal could not be loaded">
      {({ detail, files }) => (
        <>
          <GovernanceTitle title={detail.proposal.title} />
          <ProposalView
            // What was typed belongs to the revision that it was typed over.
            key={detail.proposal.revision}
            detail={detail}
            inForce={files}
            onChanged={query.retry}
          />
        </>
      )}
    </Loaded>
  );
}
