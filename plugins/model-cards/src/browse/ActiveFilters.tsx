import Button from '@material-ui/core/Button';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import { activeFilters } from './facetText';
import { clearFilters, ModelSearch } from './modelSearch';
import type { ModelSearchControl } from './useModelSearch';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      listStyle: 'none',
      margin: 0,
      padding: 0,
    },
    // Backstage's theme gives chips a margin of their own.
    chip: { margin: 0, maxWidth: '100%' },
  }),
  { name: 'ModelHubActiveFilters' },
);

/** The filters that are on, each with a button that takes it off. */
export function ActiveFilters(props: {
  search: ModelSearch;
  setSearch: ModelSearchControl['setSearch'];
  change: ModelSearchControl['change'];
}) {
  const { search, setSearch, change } = props;
  const classes = useStyles();
  const filters = activeFilters(search);
  if (!filters.length) return null;
  return (
    <ul className={classes.root} aria-label="Active filters">
      {filters.map(({ key, label, remove }) => (
        <li key={key}>
          <Chip
            className={classes.chip}
            size="small"
            label={label}
            onClick={() => change(remove)}
            onDelete={() => change(remove)}
            aria-label={`Remove the filter ${label}`}
          />
        </li>
      ))}
      <li>
        <Button size="small" onClick={() => setSearch(clearFilters(search))}>
          Remove all filters
        </Button>
      </li>
    </ul>
  );
}
