import type { Ask } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  EmptyHint,
  Person,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';
import { toolNames } from './AskCard';

function endText(ask: Ask): string {
  switch (ask.state) {
    case 'allowed':
      return ask.until ? 'Allowed for its trace' : 'Allowed once';
    case 'denied':
      return 'Denied';
    case 'withdrawn':
      return 'The call went away';
    default:
      return 'Nobody decided in time';
  }
}

const columns: Column<Ask>[] = [
  { header: 'Tools', render: toolNames },
  {
    header: 'Caller',
    render: ask =>
      ask.issuer ? <Person entityRef={ask.keyOwner} /> : ask.keyName,
  },
  { header: 'Profile', render: ask => ask.profile },
  { header: 'Outcome', render: endText },
  {
    header: 'By',
    render: ask => (ask.decidedBy ? <Person entityRef={ask.decidedBy} /> : '–'),
  },
  { header: 'Reason', render: ask => ask.reason ?? '–' },
  {
    header: 'When',
    tight: true,
    render: ask => <RelativeTime at={ask.decidedAt ?? ask.expiresAt} />,
  },
];

/** Held calls that wait no longer, newest first. */
export function AskHistory({ asks }: { asks: Ask[] }) {
  return asks.length === 0 ? (
    <EmptyHint title="Nothing was asked yet" />
  ) : (
    <DataTable
      label="Decided and over"
      columns={columns}
      rows={asks}
      rowKey={ask => ask.id}
    />
  );
}
