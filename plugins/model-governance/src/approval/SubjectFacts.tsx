import type { ApprovalDetail } from '@modelhub/backstage-plugin-models-common';
import {
  Facts,
  ModelLink,
  Person,
  RelativeTime,
  Section,
  tierText,
} from '@modelhub/backstage-plugin-models-react';
import { modelTitle } from '../lib/words';
import { ApprovalLink } from '../shared/ApprovalLink';
import { expectedUseText } from './costEnvelope/words';

/** What exactly is asked for or approved. */
export function SubjectFacts({ approval }: { approval: ApprovalDetail }) {
  const pin =
    approval.digest ??
    (approval.providerModelId &&
      [approval.providerModelId, approval.snapshotDate]
        .filter(Boolean)
        .join(', snapshot '));
  return (
    <Section title="What it is about">
      <Facts
        items={[
          [
            'Model',
            <ModelLink
              key="model"
              entityRef={approval.entityRef}
              title={modelTitle(approval)}
            />,
          ],
          ['Callers use', <code key="id">{approval.gatewayId}</code>],
          ['Version', approval.modelVersion],
          ['Pinned to', pin && <code>{pin}</code>],
          ['Tier', tierText(approval.tier).label],
          ['Purpose', approval.purpose],
          ['Access profile', approval.profile],
          ['Justification', approval.justification],
          [
            'Expected use',
            approval.expectedUse && expectedUseText(approval.expectedUse),
          ],
          [
            'Asked by',
            <span key="by">
              <Person entityRef={approval.requester} />
              {approval.requesterGroup && (
                <>
                  {' for '}
                  <Person entityRef={approval.requesterGroup} />
                </>
              )}
            </span>,
          ],
          [
            'Submitted',
            approval.submittedAt && <RelativeTime at={approval.submittedAt} />,
          ],
          [
            'Approved',
            approval.approvedAt && <RelativeTime at={approval.approvedAt} />,
          ],
          [
            'Ends',
            approval.expiresAt && <RelativeTime at={approval.expiresAt} />,
          ],
          [
            'Policy',
            approval.policyVersion && <code>{approval.policyVersion}</code>,
          ],
          [
            'Replaced by',
            approval.supersededBy && (
              <ApprovalLink id={approval.supersededBy}>
                the newer approval
              </ApprovalLink>
            ),
          ],
          [
            'Stands in for',
            approval.pendingRequestId && (
              <ApprovalLink id={approval.pendingRequestId}>
                the pending request
              </ApprovalLink>
            ),
          ],
        ]}
      />
    </Section>
  );
}
