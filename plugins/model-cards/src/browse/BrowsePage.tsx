import Button from '@material-ui/core/Button';
import { makeStyles, Theme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import FilterListIcon from '@material-ui/icons/FilterList';
import type { ModelRowPage } from '@modelhub/backstage-plugin-models-common';
import type { RoomQuery } from '@modelhub/backstage-plugin-models-react';
import { useEffect, useRef, useState } from 'react';
import { ActiveFilters } from './ActiveFilters';
import { activeFilters } from './facetText';
import { FilterPanel } from './FilterPanel';
import { changeSearch, PAGE_SIZE } from './modelSearch';
import { ResultList } from './ResultList';
import { SearchField } from './SearchField';
import { SortControl } from './SortControl';
import { useModels } from './useModels';
import { useModelSearch } from './useModelSearch';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2, 4),
      gridTemplateColumns: '260px minmax(0, 1fr)',
      alignItems: 'start',
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    main: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
    bar: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
    },
    total: { outline: 'none' },
  }),
  { name: 'ModelHubBrowsePage' },
);

function totalText(query: RoomQuery<ModelRowPage>, page: number): string {
  const { value, status } = query;
  if (!value) return status === 'loading' ? 'Looking for models' : 'Models';
  const { totalItems, items, approximate } = value;
  const total = `${approximate ? 'about ' : ''}${totalItems.toLocaleString(
    'en-GB',
  )} ${totalItems === 1 ? 'model' : 'models'}`;
  if (!items.length || items.length === totalItems) {
    return total.charAt(0).toUpperCase() + total.slice(1);
  }
  const first = (page - 1) * PAGE_SIZE + 1;
  return `${first} to ${first + items.length - 1} of ${total}`;
}

/** Find a model by what it must do. */
export function BrowsePage() {
  const classes = useStyles();
  const control = useModelSearch();
  const { search, setSearch, change } = control;
  const query = useModels(search);

  const narrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const [filtersShown, setFiltersShown] = useState(false);
  const filterCount = activeFilters(search).length;

  // After turning a page, the reader starts at its top.
  const heading = useRef<HTMLHeadingElement>(null);
  const lastCursor = useRef(search.cursor);
  useEffect(() => {
    if (lastCursor.current === search.cursor) return;
    lastCursor.current = search.cursor;
    heading.current?.focus();
    heading.current?.scrollIntoView?.({ block: 'center' });
  }, [search.cursor]);

  return (
    <div className={classes.root}>
      <section aria-label="Filters">
        {narrow && (
          <Button
            fullWidth
            variant="outlined"
            startIcon={<FilterListIcon />}
            aria-expanded={filtersShown}
            onClick={() => setFiltersShown(!filtersShown)}
          >
            {filterCount ? `Filters (${filterCount})` : 'Filters'}
          </Button>
        )}
        {(!narrow || filtersShown) && (
          <FilterPanel
            search={search}
            facets={query.value?.facets ?? {}}
            setSearch={setSearch}
            change={change}
          />
        )}
      </section>
      <section className={classes.main} aria-label="Models">
        <SearchField
          value={search.q}
          onSearch={q =>
            // Each word typed is not a page to come back to.
            setSearch(changeSearch(search, { q }), {
              replace: Boolean(search.q),
            })
          }
        />
        <div className={classes.bar}>
          <div role="status">
            <Typography
              variant="subtitle1"
              component="h2"
              tabIndex={-1}
              ref={heading}
              className={classes.total}
            >
              {totalText(query, search.page)}
            </Typography>
          </div>
          <SortControl search={search} change={change} />
        </div>
        <ActiveFilters search={search} setSearch={setSearch} change={change} />
        {query.value?.approximate && (
          <Typography variant="body2" color="textSecondary">
            The permission policy of this portal is applied page by page, so the
            numbers are estimates.
          </Typography>
        )}
        <ResultList query={query} control={control} />
      </section>
    </div>
  );
}
