import type { ExceptionInForce } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  EmptyHint,
  Person,
  RelativeTime,
  Section,
  StatusChip,
  TierChip,
} from '@modelhub/backstage-plugin-models-react';
import { useLive } from '../hooks/useLive';
import { modelTitle } from '../lib/words';
import { ApprovalLink } from '../shared/ApprovalLink';
import { Loaded } from '../shared/Loaded';
import { ExportButtons } from './ExportButtons';
import { exceptionColumns, stateLooks, untilText } from './waiverText';

const columns: Column<ExceptionInForce>[] = [
  {
    header: 'State',
    tight: true,
    render: row => <StatusChip {...stateLooks[row.state]} />,
  },
  {
    header: 'Exception',
    render: row => (
      <>
        {row.name}
        <br />
        {row.scope}
      </>
    ),
  },
  { header: 'Tier', render: row => <TierChip tier={row.tier} /> },
  {
    header: 'Answered for by, and why',
    render: row => (
      <>
        <Person entityRef={row.by} />: “{row.reason}”
      </>
    ),
  },
  {
    header: 'What it loosens',
    render: row => row.loosens?.map(one => <div key={one}>{one}</div>),
  },
  {
    header: 'Last day',
    render: row => (
      <>
        {untilText(row)}
        <br />
        <RelativeTime at={row.endsAt} />
      </>
    ),
  },
  {
    header: 'What rests on it',
    render: row =>
      row.approvals.length === 0
        ? 'No live approval'
        : row.approvals.map(approval => (
            <div key={approval.id}>
              <ApprovalLink id={approval.id}>
                {modelTitle(approval)} {approval.modelVersion}
              </ApprovalLink>
            </div>
          )),
  },
];

/** What loosens the policies for a while. */
export function ExceptionsSection() {
  const query = useLive('policy-exceptions', (api, signal) =>
    api.listPolicyExceptions({ signal }),
  );
  return (
    <Section
      title="Exceptions in policies"
      description="Policy files that ask for less than the organisation does. Approvals that rest on one end with it."
      actions={
        <ExportButtons
          name="policy-exceptions"
          rows={async () => query.value?.items ?? []}
          columns={exceptionColumns}
        />
      }
    >
      <Loaded query={query} failure="The exceptions could not be loaded">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyHint
              title="There is no exception"
              description="The organisation's policies count everywhere. An exception is a policy file with a name, a reason, somebody who answers for it, and a last day."
            />
          ) : (
            <DataTable
              label="Exceptions in policies"
              columns={columns}
              rows={items}
              rowKey={row => row.file}
            />
          )
        }
      </Loaded>
    </Section>
  );
}
