import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { useEntity } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  isModelEntity,
  modelApprovalCreatePermission,
  modelBreakGlassPermission,
  modelSuspendPermission,
  type Standing,
} from '@modelhub/backstage-plugin-models-common';
import {
  EmptyHint,
  MaturityChip,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { ProofByTier } from '../checklist/ProofByTier';
import { GrantTable } from '../allowlist/GrantTable';
import { type Live, useLive } from '../hooks/useLive';
import { ApprovalTable } from '../queue/ApprovalTable';
import { requestRouteRef } from '../routes';
import { ApprovalLink } from '../shared/ApprovalLink';
import { Loaded } from '../shared/Loaded';
import { BreakGlassDialog } from './BreakGlassDialog';
import { HeldApproval } from './HeldApproval';
import { ModelHistory } from './ModelHistory';
import { ModelHolds } from './ModelHolds';
import { SuspendDialog } from './SuspendDialog';

/** The tab "Approvals and versions" of a model. */
export function EntityModelApprovals() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { namespace, name } = parseEntityRef(entityRef);
  const query = useLive(`standing:${entityRef}`, (api, signal) =>
    api.getStanding({ namespace, name }, { signal }),
  );
  const versions = isModelEntity(entity)
    ? (entity.spec.versions ?? []).map(version => version.name)
    : [];
  return (
    <Loaded query={query} failure="The approvals could not be loaded">
      {standing => (
        <StandingView
          entityRef={entityRef}
          versions={versions}
          standing={standing}
          query={query}
        />
      )}
    </Loaded>
  );
}

function StandingView(props: {
  entityRef: string;
  versions: string[];
  standing: Standing;
  query: Live<Standing>;
}) {
  const { entityRef, versions, standing, query } = props;
  const { namespace, name } = parseEntityRef(entityRef);
  // Those of single approvals are shown with these.
  const holds = useLive(`model-holds:${entityRef}`, async (api, signal) =>
    (await api.listModelHolds({ namespace, name }, { signal })).items.filter(
      hold => hold.covers !== 'approval',
    ),
  );
  const request = useRouteRef(requestRouteRef);
  const mayRequest = usePermission({
    permission: modelApprovalCreatePermission,
  });
  const maySuspend = usePermission({ permission: modelSuspendPermission });
  const mayBreakGlass = usePermission({
    permission: modelBreakGlassPermission,
  });
  const [dialog, setDialog] = useState<'suspend' | 'break-glass'>();
  const close = () => setDialog(undefined);
  const refresh = () => {
    holds.retry();
    query.retry();
  };

  return (
    <>
      <ModelHolds entityRef={entityRef} query={holds} onCleared={refresh} />
      <Section
        title="Where it may be used today"
        actions={
          <>
            {maySuspend.allowed && (
              <Button variant="outlined" onClick={() => setDialog('suspend')}>
                Suspend…
              </Button>
            )}
            {mayBreakGlass.allowed && (
              <Button
                variant="outlined"
                onClick={() => setDialog('break-glass')}
              >
                Emergency access…
              </Button>
            )}
            {mayRequest.allowed && (
              <LinkButton
                variant="contained"
                color="primary"
                to={`${request()}?${new URLSearchParams({ entityRef })}`}
              >
                Request access
              </LinkButton>
            )}
          </>
        }
      >
        <Typography variant="body2" paragraph role="status" aria-live="polite">
          <MaturityChip maturity={standing.maturity} />{' '}
          {standing.nextStep.approvalId ? (
            <ApprovalLink id={standing.nextStep.approvalId}>
              {standing.nextStep.message}
            </ApprovalLink>
          ) : (
            standing.nextStep.message
          )}
        </Typography>
        {standing.problems
          .filter(({ code }) => code !== 'on-hold' || !holds.value?.length)
          .map(problem => (
            <Alert
              key={problem.code + problem.message}
              severity="warning"
              style={{ marginBottom: 8 }}
            >
              {problem.message}
            </Alert>
          ))}
        {standing.grants.length === 0 ? (
          <EmptyHint
            title="Nowhere yet"
            description="Every gateway refuses it until a request is approved."
          />
        ) : (
          <GrantTable label="Live approvals" grants={standing.grants} />
        )}
      </Section>
      {standing.heldApprovals.length > 0 && (
        <Section
          title="Approvals on hold"
          description="Approved, and refused until every hold is cleared."
        >
          {standing.heldApprovals.map(approval => (
            <HeldApproval key={approval.id} approval={approval} />
          ))}
        </Section>
      )}
      {standing.openRequests.length > 0 && (
        <Section title="Open requests">
          <ApprovalTable
            label="Open requests"
            approvals={standing.openRequests}
            show={[
              'model',
              'tier',
              'scope',
              'requester',
              'state',
              'waiting',
              'age',
            ]}
          />
        </Section>
      )}
      <ProofByTier
        entityRef={entityRef}
        versions={versions}
        standing={standing}
      />
      <ModelHistory entityRef={entityRef} />
      {dialog === 'suspend' && (
        <SuspendDialog
          entityRef={entityRef}
          versions={versions}
          grants={standing.grants}
          onClose={close}
          onDone={() => {
            close();
            refresh();
          }}
        />
      )}
      {dialog === 'break-glass' && (
        <BreakGlassDialog
          entityRef={entityRef}
          openRequests={standing.openRequests}
          onClose={close}
        />
      )}
    </>
  );
}
