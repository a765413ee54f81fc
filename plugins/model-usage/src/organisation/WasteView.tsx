import type {
  IdleEndpoint,
  UnusedApproval,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  type Column,
  DataTable,
  EmptyHint,
  Loaded,
  ModelLink,
  People,
  periodText,
  Section,
  tierText,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import Alert from '@material-ui/lab/Alert';
import { subjectText } from '../budgets/SubjectName';
import { costsText } from '../insights/words';
import { type Names, useNames } from '../lib/useNames';
import { useUsage } from '../lib/useUsage';

const DAYS = ['7', '28', '90', '365'];
const USUAL = '28';

const lastText = (day: string | undefined) =>
  day ? periodText(day, 'day') : 'Never, as far as is known';

const approvalColumns = (
  names: Names | undefined,
): Column<UnusedApproval>[] => [
  {
    header: 'Model',
    render: ({ entityRef, title }) => (
      <ModelLink entityRef={entityRef} title={title} />
    ),
  },
  { header: 'Version', render: ({ modelVersion }) => modelVersion },
  {
    header: 'Access profile',
    render: ({ profile }) => subjectText('profile', profile, names),
  },
  { header: 'Purpose', render: ({ purpose }) => purpose },
  {
    header: 'Tier',
    render: ({ tier }) => tierText(tier).label,
  },
  { header: 'Last call', render: ({ lastCall }) => lastText(lastCall) },
  {
    header: 'Expires',
    tight: true,
    render: ({ expiresAt }) => (expiresAt ? periodText(expiresAt, 'day') : '–'),
  },
];

const endpointColumns: Column<IdleEndpoint>[] = [
  {
    header: 'Model',
    render: ({ entityRef, title }) => (
      <ModelLink entityRef={entityRef} title={title} />
    ),
  },
  {
    header: 'Served by',
    render: ({ endpoints }) =>
      endpoints.length > 0
        ? endpoints.map(ref => ref.slice(ref.lastIndexOf('/') + 1)).join(', ')
        : '–',
  },
  {
    header: 'Used in',
    render: ({ consumers }) =>
      consumers.length > 0 ? <People entityRefs={consumers} /> : '–',
  },
  { header: 'Owner', render: ({ owners }) => <People entityRefs={owners} /> },
  { header: 'Last call', render: ({ lastCall }) => lastText(lastCall) },
  { header: 'Hardware', render: ({ hardware }) => hardware ?? 'Not known' },
  {
    header: 'Cost meanwhile',
    numeric: true,
    render: ({ costs }) => (costs.length > 0 ? costsText(costs) : 'Not known'),
  },
];

/** What could be given back: approvals and endpoints that nobody uses. */
export function WasteView() {
  const [{ days: asked }, setDays] = useUrlFilters(['days'] as const);
  const days = DAYS.find(value => value === asked) ?? USUAL;
  const names = useNames().value;
  const query = useUsage(`waste ${days}`, (api, signal) =>
    api.getWaste({ days: Number(days) }, { signal }),
  );
  return (
    <>
      <ChoiceField
        id="waste-days"
        label="Without a call for"
        value={days}
        choices={DAYS.map(value => ({ value, label: `${value} days` }))}
        onChange={value => setDays({ days: value })}
      />
      <div style={{ height: 16 }} />
      <Loaded
        query={query}
        room="model-usage"
        failure="What is not used could not be loaded"
      >
        {({ unusedApprovals, idleEndpoints, approvalsKnown }) => (
          <>
            <Section
              title="Endpoints that nobody calls"
              description="Models with an API that serves them or a component that uses them, and without a call. Ask the owner to scale them down or take them away."
            >
              {idleEndpoints.length === 0 ? (
                <EmptyHint
                  title="Every endpoint that you may see is called"
                  description={`None went without a call for ${days} days.`}
                />
              ) : (
                <DataTable
                  label="Endpoints that nobody calls"
                  rows={idleEndpoints}
                  rowKey={({ entityRef }) => entityRef}
                  columns={endpointColumns}
                />
              )}
            </Section>
            <Section
              title="Approvals that nobody uses"
              description="Of those that hold and are older than this time. Withdrawing them makes the allowlist smaller; a new request takes the same way again."
            >
              {!approvalsKnown && (
                <Alert severity="warning">
                  Governance does not answer, so approvals are not known now.
                </Alert>
              )}
              {approvalsKnown &&
                (unusedApprovals.length === 0 ? (
                  <EmptyHint title="Every approval that you may see is used" />
                ) : (
                  <DataTable
                    label="Approvals that nobody uses"
                    rows={unusedApprovals}
                    rowKey={({ id }) => id}
                    columns={approvalColumns(names)}
                  />
                ))}
            </Section>
          </>
        )}
      </Loaded>
    </>
  );
}
