import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { makeStyles } from '@material-ui/core/styles';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import {
  modelPolicyReadPermission,
  type Tier,
  tiers,
  type Waiver,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  EmptyHint,
  modelGovernanceApiRef,
  Pager,
  Section,
  tierText,
  usePages,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import { EndWaiverDialog } from './EndWaiverDialog';
import { ExceptionsSection } from './ExceptionsSection';
import { ExportButtons } from './ExportButtons';
import { WaiverTable } from './WaiverTable';
import { waiverColumns } from './waiverText';

const useStyles = makeStyles(
  theme => ({
    tabs: { marginBottom: theme.spacing(2) },
    filters: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      margin: theme.spacing(1, 0),
    },
  }),
  { name: 'ModelGovernanceWaivers' },
);

type Shown = 'counting' | Waiver['state'];
type Order = 'ends-first' | 'oldest' | 'newest';

const shownChoices: Array<{ value: Shown; label: string }> = [
  { value: 'counting', label: 'That count' },
  { value: 'ending', label: 'Ending within 14 days' },
  { value: 'active', label: 'Ending later' },
  { value: 'ended', label: 'Ended' },
];
const orderChoices: Array<{ value: Order; label: string }> = [
  { value: 'ends-first', label: 'Ends first' },
  { value: 'oldest', label: 'Given first' },
  { value: 'newest', label: 'Given last' },
];
const names = ['view', 'state', 'tier', 'by', 'order', 'approval'] as const;

const oneOf = <T extends string>(known: T[], value: string | undefined) =>
  known.find(one => one === value);

/** Waivers and exceptions, ageing in the open. */
export function WaiversPage() {
  const classes = useStyles();
  const [filters, setFilters] = useUrlFilters(names);
  const policies = usePermission({ permission: modelPolicyReadPermission });
  const view =
    filters.view === 'exceptions' && policies.allowed
      ? 'exceptions'
      : 'waivers';
  return (
    <>
      {policies.allowed && (
        <Tabs
          value={view}
          onChange={(_, value: string) =>
            setFilters({ view: value === 'waivers' ? undefined : value })
          }
          indicatorColor="primary"
          aria-label="Waivers and exceptions"
          className={classes.tabs}
        >
          <Tab value="waivers" label="Waivers of checks" />
          <Tab value="exceptions" label="Exceptions in policies" />
        </Tabs>
      )}
      {view === 'exceptions' ? <ExceptionsSection /> : <WaiversSection />}
    </>
  );
}

function WaiversSection() {
  const classes = useStyles();
  const api = useApi(modelGovernanceApiRef);
  const [filters, setFilters] = useUrlFilters(names);
  const [ending, setEnding] = useState<Waiver>();
  const shown =
    oneOf(
      shownChoices.map(({ value }) => value),
      filters.state,
    ) ?? 'counting';
  const state: Waiver['state'][] =
    shown === 'counting' ? ['active', 'ending'] : [shown];
  const tier = oneOf<Tier>(tiers, filters.tier);
  const order =
    oneOf(
      orderChoices.map(({ value }) => value),
      filters.order,
    ) ?? (shown === 'ended' ? 'newest' : 'ends-first');
  const by = filters.by === 'me' ? 'me' : undefined;
  const asked = { state, tier, by, order, approval: filters.approval };
  const key = JSON.stringify(asked);
  const pages = usePages(key);
  const query = useLive(
    `waivers:${key}:${pages.cursor ?? ''}`,
    (client, signal) =>
      client.listWaivers(
        { ...asked, cursor: pages.cursor, limit: 25 },
        { signal },
      ),
  );
  const all = async () => {
    const rows: Waiver[] = [];
    for (let cursor: string | undefined; ; ) {
      const page: Awaited<ReturnType<typeof api.listWaivers>> =
        await api.listWaivers({ ...asked, cursor, limit: 200 });
      rows.push(...page.items);
      cursor = page.nextCursor;
      if (!cursor) return rows;
    }
  };
  const counts = query.value?.counts;

  return (
    <Section
      title="Waivers of checks"
      description="A check that counts as passed though it does not: who let it, why, and until when. When a waiver ends, an approval that rests on it is suspended unless the check passes."
      actions={
        <ExportButtons name="waivers" rows={all} columns={waiverColumns} />
      }
    >
      {counts && (
        <Typography variant="body2" role="status" aria-live="polite">
          Counting now: {counts.active + counts.ending}. Ending within 14 days:{' '}
          {counts.ending}. Ended: {counts.ended}.
        </Typography>
      )}
      <div className={classes.filters} role="group" aria-label="Filters">
        <ChoiceField
          id="waivers-state"
          label="Waivers"
          value={shown}
          choices={shownChoices}
          onChange={value =>
            setFilters({ state: value === 'counting' ? undefined : value })
          }
        />
        <ChoiceField
          id="waivers-tier"
          label="Tier"
          value={tier ?? ''}
          none="Any"
          choices={tiers.map(one => ({
            value: one,
            label: tierText(one).label,
          }))}
          onChange={value => setFilters({ tier: value })}
        />
        <ChoiceField
          id="waivers-by"
          label="Given by"
          value={by ?? ''}
          none="Anybody"
          choices={[{ value: 'me', label: 'Me' }]}
          onChange={value => setFilters({ by: value })}
        />
        <ChoiceField
          id="waivers-order"
          label="Order"
          value={order}
          choices={orderChoices}
          onChange={value => setFilters({ order: value })}
        />
      </div>
      <Loaded query={query} failure="The waivers could not be loaded">
        {page =>
          page.items.length === 0 ? (
            <Nothing
              filtered={Boolean(
                filters.state || tier || by || filters.approval,
              )}
            />
          ) : (
            <>
              <WaiverTable waivers={page.items} onEnd={setEnding} />
              <Pager
                pages={pages}
                nextCursor={page.nextCursor}
                total={page.totalItems}
              />
            </>
          )
        }
      </Loaded>
      {ending && (
        <EndWaiverDialog
          waiver={ending}
          onClose={() => setEnding(undefined)}
          onDone={() => {
            setEnding(undefined);
            query.retry();
          }}
        />
      )}
    </Section>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyHint
      title="No waiver fits these filters"
      description="Choose “Any” or “That count” in them."
    />
  ) : (
    <EmptyHint
      title="No waiver counts"
      description="Every check that is required passed by itself, as far as you may see."
    />
  );
}
