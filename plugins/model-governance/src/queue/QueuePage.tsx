import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import Switch from '@material-ui/core/Switch';
import {
  type ApprovalState,
  type SignOffRole,
  type Tier,
  tiers,
} from '@modelhub/backstage-plugin-models-common';
import {
  approvalStateText,
  ChoiceField,
  EmptyHint,
  Pager,
  Section,
  tierText,
  usePages,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useLive } from '../hooks/useLive';
import { roleName } from '../lib/words';
import { Loaded } from '../shared/Loaded';
import { ApprovalTable } from './ApprovalTable';

const useStyles = makeStyles(
  theme => ({
    filters: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(2),
      marginBottom: theme.spacing(1),
    },
  }),
  { name: 'ModelGovernanceQueue' },
);

const waitingStates: ApprovalState[] = [
  'checking',
  'in-review',
  'changes-requested',
  'suspended',
];
const roles: SignOffRole[] = ['lead', 'security', 'legal', 'risk'];
const names = ['all', 'tier', 'state', 'role'] as const;

const oneOf = <T extends string>(known: T[], value: string | undefined) =>
  known.find(one => one === value);

/** Who waits for whom, longest first. */
export function QueuePage() {
  const classes = useStyles();
  const [filters, setFilters] = useUrlFilters(names);
  const mineOnly = filters.all !== 'yes';
  const tier = oneOf<Tier>(tiers, filters.tier);
  const state = oneOf(waitingStates, filters.state);
  const role = oneOf(roles, filters.role);
  const key = JSON.stringify({ mineOnly, tier, state, role });
  const pages = usePages(key);
  const query = useLive(`queue:${key}:${pages.cursor ?? ''}`, (api, signal) =>
    api.listApprovals(
      {
        needsMyDecision: mineOnly || undefined,
        state: state ? [state] : waitingStates,
        tier: tier && [tier],
        role,
        order: 'waiting-longest',
        cursor: pages.cursor,
        limit: 25,
      },
      { signal },
    ),
  );
  const filtered = Boolean(tier || state || role);

  return (
    <Section
      title={mineOnly ? 'Needs my decision' : 'Everything that waits'}
      description="Longest waiting first."
    >
      <div className={classes.filters} role="group" aria-label="Filters">
        <FormControlLabel
          control={
            <Switch
              color="primary"
              checked={mineOnly}
              onChange={event =>
                setFilters({ all: event.target.checked ? undefined : 'yes' })
              }
            />
          }
          label="Needs my decision"
        />
        <ChoiceField
          id="queue-tier"
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
          id="queue-state"
          label="State"
          value={state ?? ''}
          none="Any that waits"
          choices={waitingStates.map(one => ({
            value: one,
            label: approvalStateText(one).label,
          }))}
          onChange={value => setFilters({ state: value })}
        />
        <ChoiceField
          id="queue-role"
          label="Waits for"
          value={role ?? ''}
          none="Any role"
          choices={roles.map(one => ({ value: one, label: roleName(one) }))}
          onChange={value => setFilters({ role: value })}
        />
      </div>
      <Loaded query={query} failure="The queue could not be loaded">
        {page =>
          page.items.length === 0 ? (
            <Nothing mineOnly={mineOnly} filtered={filtered} />
          ) : (
            <>
              <ApprovalTable
                label={mineOnly ? 'Needs my decision' : 'Waiting requests'}
                approvals={page.items}
                show={[
                  'model',
                  'tier',
                  'scope',
                  'requester',
                  'state',
                  'waiting',
                  'age',
                ]}
              />
              <Pager
                pages={pages}
                nextCursor={page.nextCursor}
                total={page.totalItems}
              />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Nothing(props: { mineOnly: boolean; filtered: boolean }) {
  if (props.filtered) {
    return (
      <EmptyHint
        title="Nothing fits these filters"
        description="Choose “Any” in one of them."
      />
    );
  }
  return props.mineOnly ? (
    <EmptyHint
      title="You are done"
      description="No request waits for your decision. New ones appear here by themselves."
    />
  ) : (
    <EmptyHint
      title="Nothing waits"
      description="Every request that you may see is decided."
    />
  );
}
