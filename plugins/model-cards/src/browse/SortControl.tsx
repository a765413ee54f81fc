import IconButton from '@material-ui/core/IconButton';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Tooltip from '@material-ui/core/Tooltip';
import ArrowDownwardIcon from '@material-ui/icons/ArrowDownward';
import ArrowUpwardIcon from '@material-ui/icons/ArrowUpward';
import type { ModelRowSort } from '@modelhub/backstage-plugin-models-common';
import { effectiveSort, ModelSearch, sorts } from './modelSearch';
import { useLabelStyles } from './useLabelStyles';
import type { ModelSearchControl } from './useModelSearch';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) },
    select: { minWidth: 170 },
  }),
  { name: 'ModelHubSortControl' },
);

/** By what the list is sorted, and in which direction. */
export function SortControl(props: {
  search: ModelSearch;
  change: ModelSearchControl['change'];
}) {
  const { search, change } = props;
  const classes = useStyles();
  const labelClasses = useLabelStyles();
  const { sort, order } = effectiveSort(search);
  const turn =
    order === 'asc' ? 'Largest or last first' : 'Smallest or first first';
  return (
    <div className={classes.root}>
      <TextField
        select
        id="model-hub-sort"
        className={classes.select}
        variant="outlined"
        size="small"
        label="Sort by"
        InputLabelProps={{ classes: labelClasses }}
        value={sort}
        onChange={event =>
          change({
            sort: event.target.value as ModelRowSort,
            order: undefined,
          })
        }
      >
        {(Object.keys(sorts) as ModelRowSort[])
          .filter(key => key !== 'relevance' || search.q)
          .map(key => (
            <MenuItem key={key} value={key}>
              {sorts[key]}
            </MenuItem>
          ))}
      </TextField>
      {sort !== 'relevance' && (
        <Tooltip title={turn}>
          <IconButton
            size="small"
            aria-label={turn}
            onClick={() =>
              change({ sort, order: order === 'asc' ? 'desc' : 'asc' })
            }
          >
            {order === 'asc' ? <ArrowUpwardIcon /> : <ArrowDownwardIcon />}
          </IconButton>
        </Tooltip>
      )}
    </div>
  );
}
