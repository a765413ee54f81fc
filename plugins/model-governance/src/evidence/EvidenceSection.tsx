import { CodeSnippet, Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type {
  ApprovalDetail,
  EvidenceSubmission,
  IssuedEvidenceToken,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { rootRouteRef } from '../routes';
import { download } from '../shared/download';
import { Loaded } from '../shared/Loaded';
import { Problem } from '../shared/Problem';
import { IssueTokenDialog } from './IssueTokenDialog';
import { evidenceSnippets } from './snippets';
import { SubmissionsTable } from './SubmissionsTable';
import { TokenShown } from './TokenShown';
import { WithdrawDialog } from './WithdrawDialog';

const openStates = ['draft', 'checking', 'changes-requested', 'in-review'];

/** Evidence from pipelines: how to send it, what came, and taking it back. */
export function EvidenceSection({ approval }: { approval: ApprovalDetail }) {
  const takes = approval.gates.some(({ takesEvidence }) => takesEvidence);
  return takes ? <EvidenceView approval={approval} /> : null;
}

function EvidenceView({ approval }: { approval: ApprovalDetail }) {
  const { id, entityRef, modelVersion, gates: results } = approval;
  const root = useRouteRef(rootRouteRef);
  const query = useLive(`evidence:${id}`, (api, signal) =>
    api.listSubmittedEvidence({ id }, { signal }),
  );
  const [issuing, setIssuing] = useState(false);
  const [issued, setIssued] = useState<IssuedEvidenceToken>();
  const [withdrawing, setWithdrawing] = useState<EvidenceSubmission>();
  const isOpen = openStates.includes(approval.state);
  const waits = (gateId: string) =>
    results.some(
      gate => gate.gateId === gateId && gate.status === 'needs-evidence',
    );

  return (
    <Section
      title="Evidence from pipelines"
      description="What pipelines measured, signed by them. It counts for this version only."
      actions={<BundleButton id={id} />}
    >
      <Loaded query={query} failure="The evidence could not be loaded">
        {({ gates, items, mayIssue, mayNotIssueBecause }) => (
          <>
            {gates.map(({ gateId, title }) => {
              const own = items.filter(item => item.gateId === gateId);
              return (
                <section key={gateId} aria-label={`Evidence for ${title}`}>
                  <Typography variant="subtitle2" component="h3">
                    {title}
                  </Typography>
                  {own.length === 0 && (
                    <Typography variant="body2">
                      Nothing was submitted yet.
                    </Typography>
                  )}
                  {isOpen && waits(gateId) && (
                    <>
                      <Typography variant="body2">
                        This check waits. Measure this version in a pipeline and
                        send what it found:
                      </Typography>
                      <CodeSnippet
                        text={evidenceSnippets(gateId)[0].text}
                        language="text"
                        showCopyCodeButton
                        wrapLongLines
                      />
                    </>
                  )}
                  {own.length > 0 && (
                    <SubmissionsTable
                      title={title}
                      items={own}
                      onWithdraw={setWithdrawing}
                    />
                  )}
                </section>
              );
            })}
            {mayIssue ? (
              <Button
                variant="outlined"
                size="small"
                onClick={() => setIssuing(true)}
              >
                Issue token…
              </Button>
            ) : (
              <Typography variant="body2" color="textSecondary">
                {mayNotIssueBecause}
              </Typography>
            )}{' '}
            <Link to={`${root()}/evidence-tokens`}>My evidence tokens</Link>
            {issuing && (
              <IssueTokenDialog
                entityRef={entityRef}
                modelVersion={modelVersion}
                gates={gates}
                onClose={() => setIssuing(false)}
                onIssued={token => {
                  setIssuing(false);
                  setIssued(token);
                }}
              />
            )}
          </>
        )}
      </Loaded>
      {issued && (
        <TokenShown issued={issued} onClose={() => setIssued(undefined)} />
      )}
      {withdrawing && (
        <WithdrawDialog
          submission={withdrawing}
          onClose={() => setWithdrawing(undefined)}
          onDone={() => {
            setWithdrawing(undefined);
            query.retry();
          }}
        />
      )}
    </Section>
  );
}

/** Everything as one document, to be checked elsewhere. */
function BundleButton({ id }: { id: string }) {
  const api = useApi(modelGovernanceApiRef);
  const [error, setError] = useState<unknown>();
  const fetchBundle = async () => {
    setError(undefined);
    try {
      const answer = await api.getEvidenceBundle({ id });
      download(`evidence-${id}.json`, await answer.blob());
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <>
      <Problem error={error} />
      <Button size="small" onClick={fetchBundle}>
        Download bundle
      </Button>
    </>
  );
}
