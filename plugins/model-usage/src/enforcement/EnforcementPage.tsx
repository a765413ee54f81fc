import { Link } from '@backstage/core-components';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import {
  type AccessProfile,
  modelAccessManagePermission,
  modelGatewayManagePermission,
  type UncoveredProfile,
} from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  EmptyHint,
  Loaded,
  RelativeTime,
  Section,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { countText } from '../lib/money';
import { useUsagePaths } from '../lib/paths';
import { useNames } from '../lib/useNames';
import { useUsage } from '../lib/useUsage';
import { UsageTitle } from '../usage/UsageTitle';
import { DaysField } from './DaysField';
import { EnforcementDialog } from './EnforcementDialog';
import { profileRows, type ProfileRow } from './profileRows';
import { daysOf, daysText, EnforcementChip } from './words';

/** Profiles in one answer; there are rarely more. */
const MOST_PROFILES = 500;

const figure = (pick: (use: UncoveredProfile) => number) => (row: ProfileRow) =>
  row.use ? countText(pick(row.use)) : '0';

/** Which profiles do not enforce yet, and what enforcing would refuse of each. */
export function EnforcementPage() {
  const paths = useUsagePaths();
  const [filters, setFilters] = useUrlFilters(['days'] as const);
  const days = daysOf(filters.days);
  const { allowed: mayChange } = usePermission({
    permission: modelAccessManagePermission,
  });
  const { allowed: seesAll } = usePermission({
    permission: modelGatewayManagePermission,
  });
  const names = useNames();
  const query = useUsage(`uncovered profiles ${days}`, (api, signal) =>
    api.listEnforcementProfiles({ days, limit: MOST_PROFILES }, { signal }),
  );
  const [changing, setChanging] = useState<AccessProfile>();

  const columns: Column<ProfileRow>[] = [
    {
      header: 'Access profile',
      render: ({ id, title }) => (
        <Link to={`${paths.reportOf(id)}?days=${days}`}>{title}</Link>
      ),
    },
    {
      header: 'Mode',
      tight: true,
      render: ({ profile }) =>
        profile ? <EnforcementChip mode={profile.enforcement} /> : '–',
    },
    {
      header: 'Would be refused',
      numeric: true,
      render: figure(use => use.calls),
    },
    { header: 'Models', numeric: true, render: figure(use => use.models) },
    { header: 'Callers', numeric: true, render: figure(use => use.keys) },
    {
      header: 'First',
      tight: true,
      render: ({ use }) => (use ? <RelativeTime at={use.firstAt} /> : '–'),
    },
    {
      header: 'Last',
      tight: true,
      render: ({ use }) => (use ? <RelativeTime at={use.lastAt} /> : '–'),
    },
  ];
  if (mayChange) {
    columns.push({
      header: 'Action',
      tight: true,
      render: ({ profile }) =>
        profile && (
          <Button
            size="small"
            aria-label={`Change the mode of ${profile.title}…`}
            onClick={() => setChanging(profile)}
          >
            Change mode…
          </Button>
        ),
    });
  }

  return (
    <>
      <UsageTitle title="What enforcing would refuse" />
      <Section
        title="What enforcing would refuse"
        description="While an access profile only observes or warns, calls that no approval covers pass and are counted here. When nothing is left that people need, let it enforce."
        actions={
          <DaysField
            days={days}
            onChange={value => setFilters({ days: String(value) })}
          />
        }
      >
        <Loaded
          query={query}
          room="model-usage"
          failure="The report could not be loaded"
        >
          {({ items }) => {
            const rows = profileRows(names.value?.profiles, items, seesAll);
            return rows.length === 0 ? (
              <EmptyHint
                title="You belong to no access profile"
                description="Members of a profile see what enforcing would refuse of its calls."
              />
            ) : (
              <DataTable
                label={`What enforcing would have refused: calls of ${daysText(
                  days,
                )}`}
                rows={rows}
                rowKey={({ id }) => id}
                columns={columns}
              />
            );
          }}
        </Loaded>
      </Section>
      {changing && (
        <EnforcementDialog
          profile={changing}
          onClose={() => setChanging(undefined)}
          onDone={() => {
            setChanging(undefined);
            names.retry();
          }}
        />
      )}
    </>
  );
}
