import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import {
  type ApprovalDetail,
  modelBreakGlassReviewPermission,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  RelativeTime,
  Section,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { ActionDialog } from '../shared/ActionDialog';

type Verdict = 'justified' | 'not-justified';

/** An emergency approval is reviewed while it lasts, or ends as revoked. */
export function EmergencyReview(props: {
  approval: ApprovalDetail;
  onChange: (after: ApprovalDetail) => void;
}) {
  const { approval, onChange } = props;
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<ApprovalDetail>();
  const [verdict, setVerdict] = useState<Verdict>();
  const { allowed } = usePermission({
    permission: modelBreakGlassReviewPermission,
  });
  if (approval.kind !== 'emergency') return null;

  const confirm = async (reason?: string) => {
    if (!verdict) return;
    const after = await submission.submit({
      body: { verdict, reason: reason ?? '' },
      send: (body, idempotencyKey) =>
        api.reviewBreakGlass({ id: approval.id, body, idempotencyKey }),
    });
    if (!after) return;
    setVerdict(undefined);
    onChange(after);
  };

  return (
    <Section title="Emergency review">
      {approval.reviewedAt ? (
        <Typography variant="body2">
          Reviewed <RelativeTime at={approval.reviewedAt} />.
        </Typography>
      ) : (
        <Typography variant="body2" paragraph>
          {['approved', 'suspended'].includes(approval.state) &&
          approval.expiresAt ? (
            <>
              Opened without sign-offs. It ends{' '}
              <RelativeTime at={approval.expiresAt} />, and as revoked unless
              somebody reviewed it by then.
            </>
          ) : (
            'It ended and nobody reviewed it.'
          )}{' '}
          A review does not prolong it. Without one nobody opens the model for
          the same purpose and profile in an emergency again.
        </Typography>
      )}
      {allowed && !approval.reviewedAt && (
        <>
          <Button
            variant="outlined"
            color="primary"
            onClick={() => setVerdict('justified')}
          >
            Justified…
          </Button>{' '}
          <Button
            variant="outlined"
            onClick={() => setVerdict('not-justified')}
          >
            Not justified…
          </Button>
        </>
      )}
      {verdict && (
        <ActionDialog
          title={
            verdict === 'justified'
              ? 'The emergency was justified'
              : 'The emergency was not justified'
          }
          confirm={verdict === 'justified' ? 'Keep it' : 'Revoke now'}
          destructive={verdict === 'not-justified'}
          reason={{ label: 'Reason', required: true }}
          busy={submission.busy}
          error={submission.error}
          onClose={() => setVerdict(undefined)}
          onConfirm={confirm}
        >
          {verdict === 'justified'
            ? 'It stays open until its end, and no longer.'
            : 'It is revoked at once, and calls are refused.'}
        </ActionDialog>
      )}
    </Section>
  );
}
