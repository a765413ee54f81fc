import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type {
  PolicyReplay,
  ReplayedApproval,
} from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  EmptyHint,
  ErrorHint,
  RelativeTime,
  Section,
  tierText,
} from '@modelhub/backstage-plugin-models-react';
import { ApprovalLink } from '../shared/ApprovalLink';
import { effectWords, replaySentence } from './proposalWords';
import type { Replayed } from './useReplay';

/** How many rows a browser shows without effort. */
const MOST_ROWS = 100;

const changes = ({ approvals }: PolicyReplay): ReplayedApproval[] =>
  approvals.items.filter(({ effect }) => effect !== 'unchanged');

function Approvals({ replay }: { replay: PolicyReplay }) {
  const items = changes(replay);
  if (items.length === 0) return null;
  return (
    <>
      <DataTable
        label="Approvals that change"
        columns={[
          {
            header: 'What happens',
            tight: true,
            render: one => effectWords[one.effect],
          },
          {
            header: 'Approval',
            render: one => (
              <ApprovalLink id={one.id}>
                {one.title} {one.version}
              </ApprovalLink>
            ),
          },
          {
            header: 'For',
            render: one =>
              `${tierText(one.tier).label}, ${one.purpose}, ${one.profile}`,
          },
          {
            header: 'Why',
            render: one => one.reasons.map(({ message }) => message).join(' '),
          },
        ]}
        rows={items.slice(0, MOST_ROWS)}
        rowKey={one => one.id}
      />
      {items.length > MOST_ROWS && (
        <Typography variant="body2">
          And {items.length - MOST_ROWS} more.
        </Typography>
      )}
    </>
  );
}

function Calls({ replay }: { replay: PolicyReplay }) {
  const { calls } = replay;
  if (!calls.known || calls.byModel.length === 0) return null;
  return (
    <DataTable
      label="Calls that would have been refused"
      columns={[
        { header: 'Model', render: one => <code>{one.gatewayId}</code> },
        {
          header: 'For',
          render: one =>
            `${tierText(one.tier).label}, ${one.purpose}, ${one.profile}`,
        },
        {
          header: 'Calls',
          numeric: true,
          render: one => one.calls.toLocaleString(),
        },
        {
          header: 'Last',
          tight: true,
          render: one => <RelativeTime at={one.lastAt} />,
        },
        { header: 'Why', render: one => one.reason },
      ]}
      rows={calls.byModel.slice(0, MOST_ROWS)}
      rowKey={one =>
        `${one.gatewayId} ${one.tier} ${one.purpose} ${one.profile}`
      }
    />
  );
}

/** What would happen to what is live, and to the calls of the last 90 days. */
export function ReplaySection(props: {
  replayed: Replayed;
  /** Why there is nothing to replay yet. */
  notYet?: string;
}) {
  const { replayed, notYet } = props;
  const { value, error, busy, run } = replayed;
  return (
    <Section
      title="3. Replay"
      description="Which live approvals would end, get stricter or looser, and which calls of the last 90 days would have been refused."
      actions={
        <Button
          size="small"
          variant="outlined"
          disabled={busy || notYet !== undefined}
          onClick={run}
        >
          {busy ? 'Replaying…' : 'Replay'}
        </Button>
      }
    >
      {error !== undefined && (
        <ErrorHint title="It could not be replayed" error={error} retry={run} />
      )}
      {value && (
        <>
          <Alert
            severity={value.approvals.ends > 0 ? 'warning' : 'success'}
            role="status"
          >
            {replaySentence(value)}
          </Alert>
          <Approvals replay={value} />
          <Calls replay={value} />
        </>
      )}
      {!value && !error && (
        <EmptyHint
          title={busy ? 'Looking at what is live…' : 'Not replayed yet'}
          description={
            notYet ?? 'Replay shows what would come of it; it changes nothing.'
          }
        />
      )}
    </Section>
  );
}
