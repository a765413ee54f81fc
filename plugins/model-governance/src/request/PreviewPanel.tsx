import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type {
  ApprovalPreview,
  Refusal,
} from '@modelhub/backstage-plugin-models-common';
import {
  ApprovalStateChip,
  EmptyHint,
  Section,
  tierText,
} from '@modelhub/backstage-plugin-models-react';
import { ChecklistView } from '../checklist/ChecklistView';
import { useChecklist } from '../checklist/useChecklist';
import type { Live } from '../hooks/useLive';
import { ApprovalLink } from '../shared/ApprovalLink';
import { DemandsList } from '../shared/DemandsList';
import { Loaded } from '../shared/Loaded';

/** Approvals and requests of the same scope that are there already. */
function Existing(props: { existing: ApprovalPreview['existing'] }) {
  if (!props.existing?.length) return null;
  return (
    <Alert severity="warning" style={{ marginBottom: 16 }}>
      <AlertTitle>There is one already</AlertTitle>
      {props.existing.map(approval => (
        <div key={approval.id}>
          <ApprovalLink id={approval.id}>
            {approval.state === 'approved'
              ? 'A live approval'
              : 'An open request'}{' '}
            for version {approval.modelVersion} at{' '}
            {tierText(approval.tier).label}
          </ApprovalLink>{' '}
          <ApprovalStateChip state={approval.state} />
        </div>
      ))}
      Ask again only to renew it or for another version.
    </Alert>
  );
}

/** What is there already, what would fail, and who would have to do what. */
function AskedChecklist(props: { asked: Parameters<typeof useChecklist>[0] }) {
  const query = useChecklist(props.asked);
  return (
    <Loaded query={query} failure="The checklist could not be loaded">
      {checklist => (
        <ChecklistView checklist={checklist} label="What the policy asks for" />
      )}
    </Loaded>
  );
}

/** What the policy asks for and what stands in the way, before anything is sent. */
export function PreviewPanel(props: {
  /** Undefined until a tier is chosen. */
  preview?: Live<ApprovalPreview>;
  /** Undefined until it is known what for, or who for. */
  asked?: Parameters<typeof useChecklist>[0];
  problems: Refusal[];
}) {
  return (
    <Section
      title="What happens next"
      description="What the policy asks for: what is done, what runs by itself, and who owes what. Nothing is sent yet."
    >
      {props.preview ? (
        <Loaded
          query={props.preview}
          failure="The demands of the policy could not be loaded"
        >
          {preview => (
            <>
              {props.problems.length > 0 && (
                <Alert
                  severity="error"
                  role="status"
                  style={{ marginBottom: 16 }}
                >
                  <AlertTitle>It would be refused as it is</AlertTitle>
                  {props.problems.map(problem => (
                    <div key={problem.code + problem.message}>
                      {problem.message}
                    </div>
                  ))}
                </Alert>
              )}
              <Existing existing={preview.existing} />
              {props.asked ? (
                <AskedChecklist asked={props.asked} />
              ) : (
                <DemandsList demands={preview.demands} />
              )}
            </>
          )}
        </Loaded>
      ) : (
        <EmptyHint
          title="Choose a tier"
          description="Then you see which checks run and who has to sign."
        />
      )}
    </Section>
  );
}
