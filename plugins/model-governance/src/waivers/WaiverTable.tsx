import Button from '@material-ui/core/Button';
import type { Waiver } from '@modelhub/backstage-plugin-models-common';
import {
  ApprovalStateChip,
  type Column,
  DataTable,
  Person,
  RelativeTime,
  StatusChip,
  TierChip,
} from '@modelhub/backstage-plugin-models-react';
import { dateText, modelTitle } from '../lib/words';
import { ApprovalLink } from '../shared/ApprovalLink';
import { useCalls } from './useCalls';
import { ageText, endedText, restsText, stateLooks } from './waiverText';

/** Waivers as rows: who, why, until when, how old, and what rests on them. */
export function WaiverTable(props: {
  waivers: Waiver[];
  onEnd: (waiver: Waiver) => void;
}) {
  const { waivers, onEnd } = props;
  const calls = useCalls(waivers.map(({ approval }) => approval.profile));
  const callsOf = ({ approval }: Waiver) =>
    calls(approval.profile, approval.gatewayId);
  const columns: Column<Waiver>[] = [
    {
      header: 'State',
      tight: true,
      render: row => <StatusChip {...stateLooks[row.state]} />,
    },
    {
      header: 'Check and model',
      render: row => (
        <>
          {row.title}
          <br />
          <ApprovalLink id={row.approval.id}>
            {modelTitle(row.approval)} {row.approval.modelVersion}
          </ApprovalLink>
        </>
      ),
    },
    {
      header: 'Tier',
      render: row => <TierChip tier={row.approval.tier} />,
    },
    {
      header: 'Given by, and why',
      render: row => (
        <>
          <Person entityRef={row.by} />: “{row.reason}”
        </>
      ),
    },
    { header: 'Age', tight: true, render: row => ageText(row.ageDays) },
    {
      header: 'Ends',
      render: row =>
        row.ended ? (
          <>
            {endedText(row)}
            {row.endedAt && (
              <>
                , <RelativeTime at={row.endedAt} />
              </>
            )}
            {row.endedBy && row.ended === 'early' && (
              <>
                {' by '}
                <Person entityRef={row.endedBy} />: “{row.endReason}”
              </>
            )}
          </>
        ) : (
          <>
            {dateText(row.until)}
            <br />
            <RelativeTime at={row.until} />
          </>
        ),
    },
    {
      header: 'What rests on it',
      render: row => (
        <>
          {restsText(row)}
          <br />
          <ApprovalStateChip state={row.approval.state} />
        </>
      ),
    },
    ...(waivers.some(row => callsOf(row) !== undefined)
      ? [
          {
            header: 'Calls this month',
            numeric: true,
            render: (row: Waiver) =>
              callsOf(row)?.toLocaleString('en-GB') ?? '–',
          },
        ]
      : []),
    {
      header: 'Actions',
      tight: true,
      render: row =>
        row.mayEnd ? (
          <Button
            size="small"
            variant="outlined"
            aria-label={`End the waiver of ${row.title} for ${modelTitle(
              row.approval,
            )}…`}
            onClick={() => onEnd(row)}
          >
            End…
          </Button>
        ) : null,
    },
  ];
  return (
    <DataTable
      label="Waivers"
      columns={columns}
      rows={waivers}
      rowKey={row => row.id}
    />
  );
}
