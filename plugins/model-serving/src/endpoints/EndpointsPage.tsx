import { LinkButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import {
  ChoiceField,
  EmptyHint,
  Loaded,
  Pager,
  Section,
  usePages,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useServingPaths } from '../lib/paths';
import { useServing } from '../lib/useServing';
import { EvaluateTitle } from '../page/EvaluateTitle';
import { EnginesSection } from './EnginesSection';
import { EndpointsTable } from './EndpointsTable';
import { runningStates } from './states';

const useStyles = makeStyles(
  theme => ({
    filters: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      margin: theme.spacing(1, 0, 2),
    },
  }),
  { name: 'ModelServingEndpointsPage' },
);

const ROWS_SHOWN = 20;

/** One's evaluation endpoints and those of one's teams. */
export function EndpointsPage() {
  const classes = useStyles();
  const paths = useServingPaths();
  const [filter, setFilter] = useUrlFilters(['whose', 'show'] as const);
  const mine = filter.whose !== 'teams';
  const all = filter.show === 'all';
  const key = `endpoints ${mine} ${all}`;
  const pages = usePages(key);
  const list = useServing(`${key} ${pages.cursor}`, (api, signal) =>
    api.listEndpoints(
      {
        ...(mine && { mine }),
        ...(!all && { state: runningStates }),
        cursor: pages.cursor,
        limit: ROWS_SHOWN,
      },
      { signal },
    ),
  );
  return (
    <>
      <EvaluateTitle title="My endpoints" />
      <Section
        title="Evaluation endpoints"
        description="Each runs one version of a model for a fixed time and then gives everything back by itself. Nobody has to approve it: the sandbox checks run alone."
      >
        <div
          className={classes.filters}
          role="search"
          aria-label="Evaluation endpoints"
        >
          <ChoiceField
            id="endpoints-whose"
            label="Whose"
            value={mine ? '' : 'teams'}
            choices={[
              { value: '', label: 'Mine' },
              { value: 'teams', label: 'All that I may see' },
            ]}
            onChange={whose => setFilter({ whose })}
          />
          <ChoiceField
            id="endpoints-show"
            label="Show"
            value={all ? 'all' : ''}
            choices={[
              { value: '', label: 'Not ended' },
              { value: 'all', label: 'Also ended' },
            ]}
            onChange={show => setFilter({ show })}
          />
        </div>
        <Loaded
          query={list}
          room="model-serving"
          failure="The endpoints could not be loaded"
        >
          {page =>
            page.items.length === 0 ? (
              <EmptyHint
                title={
                  all || !mine
                    ? 'There is no evaluation endpoint'
                    : 'You have no evaluation endpoint'
                }
                description="Choose a model and press “Evaluate this model” on its page. Models that a provider hosts need no endpoint: prompt them in the playground."
                action={
                  <>
                    {paths.models && (
                      <LinkButton
                        variant="contained"
                        color="primary"
                        to={paths.models}
                      >
                        Find a model
                      </LinkButton>
                    )}{' '}
                    <LinkButton variant="outlined" to={paths.playground()}>
                      Open the playground
                    </LinkButton>
                  </>
                }
              />
            ) : (
              <>
                <EndpointsTable
                  label="Evaluation endpoints"
                  endpoints={page.items}
                  onChanged={list.retry}
                />
                <Pager pages={pages} nextCursor={page.nextCursor} />
              </>
            )
          }
        </Loaded>
      </Section>
      <EnginesSection />
    </>
  );
}
