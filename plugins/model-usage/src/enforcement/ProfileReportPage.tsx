import { Link } from '@backstage/core-components';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { modelAccessManagePermission } from '@modelhub/backstage-plugin-models-common';
import {
  EmptyHint,
  Loaded,
  Pager,
  Section,
  usePages,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { callsText } from '../lib/money';
import { useUsagePaths } from '../lib/paths';
import { useNames } from '../lib/useNames';
import { useUsage } from '../lib/useUsage';
import { UsageTitle } from '../usage/UsageTitle';
import { DaysField } from './DaysField';
import { EnforcementDialog } from './EnforcementDialog';
import { ReportTable } from './ReportTable';
import { daysOf, daysText, EnforcementChip, enforcements } from './words';

const useStyles = makeStyles(
  theme => ({
    head: { marginBottom: theme.spacing(2) },
    title: {
      ...theme.typography.h5,
      margin: theme.spacing(0.5, 0, 1),
      overflowWrap: 'anywhere',
    },
    mode: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
  }),
  { name: 'ModelUsageProfileReport' },
);

const ROWS_SHOWN = 50;

/** What enforcing would refuse of one access profile. */
export function ProfileReportPage() {
  const classes = useStyles();
  const paths = useUsagePaths();
  const { profile: id = '' } = useParams();
  const [filters, setFilters] = useUrlFilters(['days'] as const);
  const days = daysOf(filters.days);
  const { allowed: mayChange } = usePermission({
    permission: modelAccessManagePermission,
  });
  const names = useNames();
  const profile = names.value?.profiles.find(one => one.id === id);
  const pages = usePages(`${id} ${days}`);
  const query = useUsage(
    `uncovered ${id} ${days} ${pages.cursor}`,
    (api, signal) =>
      api.getEnforcementReport(
        { profile: id, days, cursor: pages.cursor, limit: ROWS_SHOWN },
        { signal },
      ),
  );
  const [changing, setChanging] = useState(false);
  const title = profile?.title ?? id;

  return (
    <>
      <UsageTitle title={`What enforcing would refuse of ${title}`} />
      <div className={classes.head}>
        <Link to={`${paths.enforcement}?days=${days}`}>
          What enforcing would refuse
        </Link>
        <h1 className={classes.title}>{title}</h1>
        {profile && (
          <div className={classes.mode}>
            <EnforcementChip mode={profile.enforcement} />
            {enforcements[profile.enforcement].effect}
            {mayChange && (
              <Button
                variant="outlined"
                color="primary"
                size="small"
                onClick={() => setChanging(true)}
              >
                Change mode…
              </Button>
            )}
          </div>
        )}
      </div>
      <Section
        title="Calls that no approval covers"
        description={
          profile?.enforcement === 'enforce'
            ? 'Counted while the profile did not enforce yet. Calls like these are refused now.'
            : 'They pass today. Ask for the models that are needed, before the profile enforces.'
        }
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
          {({ calls, items, nextCursor }) =>
            items.length === 0 ? (
              <EmptyHint
                title={`Enforcing would have refused nothing of ${daysText(
                  days,
                )}`}
                description="Every call was covered by an approval, or there was none."
              />
            ) : (
              <>
                <p>
                  {callsText(calls)} of {daysText(days)} in all.
                </p>
                <ReportTable
                  label={`Calls of ${daysText(days)} that no approval covers`}
                  items={items}
                  names={names.value}
                />
                <Pager pages={pages} nextCursor={nextCursor} />
              </>
            )
          }
        </Loaded>
      </Section>
      {changing && profile && (
        <EnforcementDialog
          profile={profile}
          onClose={() => setChanging(false)}
          onDone={() => {
            setChanging(false);
            names.retry();
          }}
        />
      )}
    </>
  );
}
