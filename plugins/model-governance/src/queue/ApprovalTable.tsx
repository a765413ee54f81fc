import type { Approval } from '@modelhub/backstage-plugin-models-common';
import {
  ApprovalStateChip,
  type Column,
  DataTable,
  Person,
  RelativeTime,
  TierChip,
} from '@modelhub/backstage-plugin-models-react';
import { modelTitle, waitingForText } from '../lib/words';
import { ApprovalLink } from '../shared/ApprovalLink';

const columns: Record<string, Column<Approval>> = {
  model: {
    header: 'Model',
    render: row => (
      <ApprovalLink id={row.id}>
        {modelTitle(row)} {row.modelVersion}
      </ApprovalLink>
    ),
  },
  tier: { header: 'Tier', render: row => <TierChip tier={row.tier} /> },
  scope: {
    header: 'Purpose and profile',
    render: row => (
      <>
        {row.purpose}
        <br />
        {row.profile}
      </>
    ),
  },
  requester: {
    header: 'Asked by',
    render: row => <Person entityRef={row.requester} />,
  },
  state: {
    header: 'State',
    tight: true,
    render: row => <ApprovalStateChip state={row.state} />,
  },
  waiting: {
    header: 'Waits for',
    render: row => (
      <>
        {waitingForText(row) ?? '–'}
        {row.blockers?.map(blocker => (
          <div key={blocker.code + blocker.message}>{blocker.message}</div>
        ))}
      </>
    ),
  },
  age: {
    header: 'Waiting since',
    tight: true,
    render: row => (
      <RelativeTime at={row.waitingSince ?? row.submittedAt ?? row.createdAt} />
    ),
  },
  ends: {
    header: 'Ends',
    tight: true,
    render: row => (row.expiresAt ? <RelativeTime at={row.expiresAt} /> : '–'),
  },
};

export type ApprovalColumn = keyof typeof columns;

/** Approvals as rows, each a link to its page. */
export function ApprovalTable(props: {
  label: string;
  approvals: Approval[];
  show: ApprovalColumn[];
}) {
  return (
    <DataTable
      label={props.label}
      columns={props.show.map(name => columns[name])}
      rows={props.approvals}
      rowKey={row => row.id}
    />
  );
}
