import { Progress } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import Divider from '@material-ui/core/Divider';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { ModelRowPage } from '@modelhub/backstage-plugin-models-common';
import {
  EmptyHint,
  ErrorHint,
  RoomQuery,
} from '@modelhub/backstage-plugin-models-react';
import { activeFilters } from './facetText';
import { ModelResult } from './ModelResult';
import { clearFilters, ModelSearch } from './modelSearch';
import type { ModelSearchControl } from './useModelSearch';

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    stale: { opacity: 0.6 },
    pager: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'flex-end',
      gap: theme.spacing(1),
      padding: theme.spacing(1.5),
    },
  }),
  { name: 'ModelHubResultList' },
);

function NothingFound(props: {
  search: ModelSearch;
  setSearch: ModelSearchControl['setSearch'];
}) {
  const { search, setSearch } = props;
  const filters = activeFilters(search);
  if (!search.q && !filters.length) {
    return (
      <EmptyHint
        title="There are no models yet"
        description="Register one in the catalog: a YAML file with kind Model, or a provider that brings them."
      />
    );
  }
  const [last] = filters.slice(-1);
  return (
    <EmptyHint
      title="Nothing found"
      description={
        last
          ? `No model fits all of this. Remove “${last.label}”, or all filters${
              search.q ? ', or use other words' : ''
            }.`
          : `No model fits “${search.q}”. Try fewer or other words.`
      }
      action={
        <Button
          size="small"
          variant="outlined"
          onClick={() =>
            setSearch(
              filters.length
                ? clearFilters(search)
                : { ...search, q: '', cursor: undefined, page: 1 },
            )
          }
        >
          {filters.length ? 'Remove all filters' : 'Show all models'}
        </Button>
      }
    />
  );
}

/** The page of models that was found, or why there is none. */
export function ResultList(props: {
  query: RoomQuery<ModelRowPage>;
  control: ModelSearchControl;
}) {
  const { query, control } = props;
  const classes = useStyles();
  const { value: page } = query;

  if (query.status === 'absent') {
    return (
      <EmptyHint
        title="The read side of Model Hub is not installed"
        description="Add @modelhub/backstage-plugin-model-cards-backend to the backend of this portal."
      />
    );
  }
  if (query.status === 'error' || query.status === 'forbidden') {
    return (
      <>
        <ErrorHint
          title="The models could not be loaded"
          error={query.error}
          retry={query.retry}
        />
        {control.search.cursor && (
          <Button onClick={control.firstPage}>Go to the first page</Button>
        )}
      </>
    );
  }
  if (!page) return <Progress />;
  if (!page.items.length) {
    return (
      <NothingFound search={control.search} setSearch={control.setSearch} />
    );
  }
  return (
    <Paper
      variant="outlined"
      aria-busy={query.status === 'loading'}
      className={query.status === 'loading' ? classes.stale : undefined}
    >
      <ul className={classes.list}>
        {page.items.map((model, index) => (
          <li key={model.entityRef}>
            {index > 0 && <Divider />}
            <ModelResult model={model} />
          </li>
        ))}
      </ul>
      {(control.search.cursor || page.nextCursor) && (
        <>
          <Divider />
          <nav className={classes.pager} aria-label="Pages of models">
            <Button
              disabled={!control.search.cursor}
              onClick={control.previousPage}
            >
              Previous page
            </Button>
            <Button
              disabled={!page.nextCursor}
              onClick={() =>
                page.nextCursor && control.nextPage(page.nextCursor)
              }
            >
              Next page
            </Button>
          </nav>
        </>
      )}
    </Paper>
  );
}
