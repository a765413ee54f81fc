import type { Grant } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  ModelLink,
  RelativeTime,
  TierChip,
} from '@modelhub/backstage-plugin-models-react';
import { nameOfRef } from '../lib/words';
import { ApprovalLink } from '../shared/ApprovalLink';

const model: Column<Grant> = {
  header: 'Model',
  render: grant => (
    <>
      <ModelLink
        entityRef={grant.entityRef}
        title={nameOfRef(grant.entityRef)}
      />
      <br />
      <code>{grant.gatewayId}</code>
    </>
  ),
};

const columns: Column<Grant>[] = [
  { header: 'Version', render: grant => grant.modelVersion, tight: true },
  { header: 'Tier', render: grant => <TierChip tier={grant.tier} /> },
  { header: 'Purpose', render: grant => grant.purpose },
  { header: 'Access profile', render: grant => grant.profile },
  {
    header: 'Approved',
    tight: true,
    render: grant => (
      <ApprovalLink id={grant.approvalId}>
        <RelativeTime at={grant.approvedAt} />
      </ApprovalLink>
    ),
  },
  {
    header: 'Ends',
    tight: true,
    render: grant => <RelativeTime at={grant.expiresAt} />,
  },
  {
    header: 'Kind',
    tight: true,
    render: grant =>
      ({
        standard: 'Standard',
        emergency: 'Emergency',
        'admin-grant': 'By an administrator',
      }[grant.kind]),
  },
];

/** Live grants: what may be called, at which tier, for what and by whom. */
export function GrantTable(props: {
  label: string;
  grants: Grant[];
  /** Left out where the page is about one model. */
  withModel?: boolean;
}) {
  return (
    <DataTable
      label={props.label}
      columns={props.withModel ? [model, ...columns] : columns}
      rows={props.grants}
      rowKey={grant => grant.approvalId}
    />
  );
}
