import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import type {
  ApprovalDetail,
  CommandOption,
} from '@modelhub/backstage-plugin-models-common';
import { useCallback, useMemo, useState } from 'react';
import { useParams } from 'react-router-dom';
import { ChecklistSection } from '../checklist/ChecklistSection';
import { AttachedEvaluations } from '../evidence/AttachedEvaluations';
import { EvidenceSection } from '../evidence/EvidenceSection';
import { GovernanceTitle } from '../governance/GovernanceTitle';
import { type Live, useLive } from '../hooks/useLive';
import { modelTitle } from '../lib/words';
import { Loaded } from '../shared/Loaded';
import { ActionsSection } from './ActionsSection';
import { CommandDialog } from './CommandDialog';
import { EmergencyReview } from './EmergencyReview';
import { GatesSection } from './GatesSection';
import { Headline } from './Headline';
import { HoldsSection } from './HoldsSection';
import { SignOffsSection } from './SignOffsSection';
import { type Subject, SubjectProvider } from './SubjectContext';
import { SubjectFacts } from './SubjectFacts';
import { Timeline } from './Timeline';

const useStyles = makeStyles(
  theme => ({
    // What one can do comes first where there is one column.
    root: {
      display: 'grid',
      columnGap: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
      gridTemplateAreas: '"actions" "main" "history"',
      [theme.breakpoints.up('md')]: {
        gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
        gridTemplateRows: 'auto 1fr',
        gridTemplateAreas: '"main actions" "main history"',
      },
    },
    actions: { gridArea: 'actions' },
    main: { gridArea: 'main' },
    history: { gridArea: 'history' },
  }),
  { name: 'ModelGovernanceApproval' },
);

/** One approval: where it stands, what it waits for, and what the one who looks may do. */
export function ApprovalPage() {
  const { id = '' } = useParams();
  const query = useLive(`approval:${id}`, (api, signal) =>
    api.getApproval({ id }, { signal }),
  );
  return (
    <>
      <GovernanceTitle title={documentTitle(id, query.value)} />
      <Loaded query={query} failure="The approval could not be loaded">
        {approval => <ApprovalView approval={approval} query={query} />}
      </Loaded>
    </>
  );
}

/** `Request 3f2a91c0 · Qwen3 8B 1.0`: what tells requests apart survives a narrow tab. */
function documentTitle(id: string, approval?: ApprovalDetail): string {
  const request = `Request ${id.slice(0, 8)}`;
  return approval
    ? `${request} · ${modelTitle(approval)} ${approval.modelVersion}`
    : request;
}

const subjectOf = ({
  id,
  entityRef,
  modelVersion,
}: ApprovalDetail): Subject => ({
  approvalId: id,
  entityRef,
  modelVersion,
});

function ApprovalView(props: {
  approval: ApprovalDetail;
  query: Live<ApprovalDetail>;
}) {
  const { approval, query } = props;
  const { set, retry } = query;
  const classes = useStyles();
  const subject = useMemo(() => subjectOf(approval), [approval]);
  // With the approval as it was when the person decided: what changes while the
  // dialog is open is a conflict, not a detail.
  const [chosen, setChosen] = useState<{
    option: CommandOption;
    seen: ApprovalDetail;
  }>();
  const [changedMeanwhile, setChangedMeanwhile] = useState(false);

  const onConflict = useCallback(() => {
    setChosen(undefined);
    setChangedMeanwhile(true);
    retry();
  }, [retry]);
  const onChange = (after: ApprovalDetail) => {
    setChosen(undefined);
    setChangedMeanwhile(false);
    set(after);
  };
  const choose = (option: CommandOption) => {
    setChangedMeanwhile(false);
    setChosen({ option, seen: approval });
  };

  return (
    <>
      {changedMeanwhile && (
        <Alert
          severity="warning"
          role="alert"
          onClose={() => setChangedMeanwhile(false)}
          style={{ marginBottom: 16 }}
        >
          This request changed meanwhile, so nothing was done. You now see how
          it stands; decide again.
        </Alert>
      )}
      <Headline approval={approval} />
      <div className={classes.root}>
        <div className={classes.actions}>
          <ActionsSection approval={approval} onChoose={choose} />
          <EmergencyReview approval={approval} onChange={onChange} />
        </div>
        <div className={classes.main}>
          <HoldsSection approval={approval} onChoose={choose} />
          <ChecklistSection approval={approval} />
          <SubjectProvider value={subject}>
            <GatesSection approval={approval} onChange={onChange} />
          </SubjectProvider>
          <EvidenceSection approval={approval} />
          <AttachedEvaluations approval={approval} />
          <SignOffsSection approval={approval} />
          <SubjectFacts approval={approval} />
        </div>
        <div className={classes.history}>
          <Timeline id={approval.id} revision={approval.revision} />
        </div>
      </div>
      {chosen && (
        <CommandDialog
          approval={chosen.seen}
          option={chosen.option}
          onClose={() => setChosen(undefined)}
          onDone={onChange}
          onConflict={onConflict}
        />
      )}
    </>
  );
}
