import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import type { Approval } from '@modelhub/backstage-plugin-models-common';
import {
  ApprovalStateChip,
  EmptyHint,
  RelativeTime,
  tierText,
} from '@modelhub/backstage-plugin-models-react';
import { useLive } from '../hooks/useLive';
import { modelTitle, waitingForText } from '../lib/words';
import { rootRouteRef } from '../routes';
import { ApprovalLink } from '../shared/ApprovalLink';
import { Loaded } from '../shared/Loaded';

const MOST = 5;

function Row({ approval }: { approval: Approval }) {
  const waiting = waitingForText(approval);
  return (
    <li style={{ marginBottom: 8 }}>
      <ApprovalLink id={approval.id}>
        {modelTitle(approval)} {approval.modelVersion}
      </ApprovalLink>{' '}
      <ApprovalStateChip state={approval.state} />
      <Typography variant="body2" color="textSecondary" component="div">
        {tierText(approval.tier).label}, {approval.purpose}
        {waiting && `, waits for ${waiting}`},{' '}
        <RelativeTime at={approval.waitingSince ?? approval.updatedAt} />
      </Typography>
    </li>
  );
}

function List(props: {
  label: string;
  approvals: Approval[];
  total: number;
  path: string;
}) {
  const root = useRouteRef(rootRouteRef);
  return (
    <>
      <ul
        aria-label={props.label}
        style={{ listStyle: 'none', margin: 0, padding: 0 }}
      >
        {props.approvals.map(approval => (
          <Row key={approval.id} approval={approval} />
        ))}
      </ul>
      {props.total > props.approvals.length && (
        <Link to={`${root()}/${props.path}`}>All {props.total}</Link>
      )}
    </>
  );
}

/** Home page: what waits for the one who looks. */
export function NeedsMyDecisionContent() {
  const query = useLive('home:decisions', (api, signal) =>
    api.listApprovals(
      { needsMyDecision: true, order: 'waiting-longest', limit: MOST },
      { signal },
    ),
  );
  return (
    <Loaded query={query} failure="The queue could not be loaded">
      {page =>
        page.items.length === 0 ? (
          <EmptyHint
            title="You are done"
            description="No request waits for your decision."
          />
        ) : (
          <List
            label="Needs my decision"
            approvals={page.items}
            total={page.totalItems}
            path="queue"
          />
        )
      }
    </Loaded>
  );
}

/** Home page: what the one who looks has asked for. */
export function MyRequestsContent() {
  const query = useLive('home:mine', (api, signal) =>
    api.listApprovals(
      { requester: 'me', order: 'newest', limit: MOST },
      { signal },
    ),
  );
  return (
    <Loaded query={query} failure="Your requests could not be loaded">
      {page =>
        page.items.length === 0 ? (
          <EmptyHint
            title="You have not asked for a model yet"
            description="Find one under Models."
          />
        ) : (
          <List
            label="My requests"
            approvals={page.items}
            total={page.totalItems}
            path="my-requests"
          />
        )
      }
    </Loaded>
  );
}
