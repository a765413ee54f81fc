import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import type {
  PolicyFileSet,
  PolicyProposalDetail,
} from '@modelhub/backstage-plugin-models-common';
import {
  Facts,
  modelGovernanceApiRef,
  Person,
  RelativeTime,
  Section,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState, type ReactNode } from 'react';
import { Hash } from './Hash';
import { ManagedInFiles } from './ManagedInFiles';
import { usePoliciesPath } from './PoliciesNav';
import { ProposalStateChip } from './ProposalStateChip';
import { WithdrawDialog } from './WithdrawDialog';

const allows = (
  { commands }: PolicyProposalDetail,
  wanted: PolicyProposalDetail['commands'][number]['command'],
) => commands.some(({ command, allowed }) => command === wanted && allowed);

/** Somebody was faster: what to do about it, and what came of doing it. */
function Outdated(props: {
  detail: PolicyProposalDetail;
  onChanged: () => void;
}) {
  const { detail, onChanged } = props;
  const api = useApi(modelGovernanceApiRef);
  const { submit, busy, error } = useSubmission<{ conflicts: string[] }>();
  const { id, revision } = detail.proposal;
  const rebase = async () => {
    const done = await submit({
      body: { revision },
      send: (body, idempotencyKey) =>
        api.rebasePolicyProposal({ id, body, idempotencyKey }),
    });
    if (done) onChanged();
  };
  return (
    <Alert
      severity={error ? 'error' : 'warning'}
      style={{ marginTop: 16 }}
      action={
        allows(detail, 'rebase') ? (
          <Button color="inherit" size="small" onClick={rebase} disabled={busy}>
            {busy ? 'Working…' : 'Put it over what is in force'}
          </Button>
        ) : undefined
      }
    >
      Other policies came into force since this was begun. Its author puts it
      over what is in force now; where both changed the same lines, both stand
      in the file, and the check shows where.
      {error instanceof Error && <div role="alert">{error.message}</div>}
    </Alert>
  );
}

/** What it is about, where it stands, and what may be done with all of it. */
export function ProposalHead(props: {
  detail: PolicyProposalDetail;
  manage: PolicyFileSet['manage'];
  folder: string;
  onChanged: () => void;
  children: ReactNode;
}) {
  const { detail, manage, folder, onChanged, children } = props;
  const { proposal } = detail;
  const path = usePoliciesPath();
  const [withdrawing, setWithdrawing] = useState(false);
  const isOpen = ['open', 'outdated'].includes(proposal.state);
  return (
    <Section
      title={proposal.title}
      actions={
        <>
          <ProposalStateChip state={proposal.state} />
          {allows(detail, 'withdraw') && (
            <Button size="small" onClick={() => setWithdrawing(true)}>
              Withdraw
            </Button>
          )}
        </>
      }
    >
      <Facts
        items={[
          ['Proposed by', <Person key="by" entityRef={proposal.author} />],
          ['Begun', <RelativeTime key="at" at={proposal.createdAt} />],
          ['Why', proposal.reason],
          ['Starts from', <Hash key="base" hash={proposal.baseVersion} />],
          [
            proposal.state === 'activated' ? 'In force since' : 'Withdrawn',
            proposal.endedAt && (
              <span key="end">
                <RelativeTime at={proposal.endedAt} />
                {proposal.endedBy ? (
                  <>
                    , by <Person entityRef={proposal.endedBy} />
                  </>
                ) : (
                  ', when the folder held it'
                )}
              </span>
            ),
          ],
          ['Said then', proposal.endReason],
          [
            'What it changed',
            proposal.activationId !== undefined && (
              <Link
                key="activation"
                to={path(`history/${proposal.activationId}`)}
              >
                The version in the history
              </Link>
            ),
          ],
        ]}
      />
      {isOpen && children}
      {proposal.state === 'outdated' && (
        <Outdated detail={detail} onChanged={onChanged} />
      )}
      {isOpen && manage === 'files' && (
        <ManagedInFiles proposal={proposal} folder={folder} />
      )}
      {withdrawing && (
        <WithdrawDialog
          proposal={proposal}
          onClose={() => setWithdrawing(false)}
          onDone={() => {
            setWithdrawing(false);
            onChanged();
          }}
        />
      )}
    </Section>
  );
}
