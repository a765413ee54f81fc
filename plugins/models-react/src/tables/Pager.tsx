import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { usePages } from './usePages';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1),
      marginTop: theme.spacing(1),
    },
  }),
  { name: 'ModelHubPager' },
);

/**
 * Through a cursor-paged list. Silent when there is only one page.
 *
 * @public
 */
export function Pager(props: {
  pages: ReturnType<typeof usePages>;
  nextCursor?: string;
  total?: number;
}) {
  const classes = useStyles();
  const { pages, nextCursor, total } = props;
  if (pages.isFirst && !nextCursor) return null;
  return (
    <nav className={classes.root} aria-label="Pages">
      {total !== undefined && (
        <Typography variant="body2" color="textSecondary">
          {total} in all
        </Typography>
      )}
      <Button size="small" disabled={pages.isFirst} onClick={pages.previous}>
        Previous page
      </Button>
      <Button
        size="small"
        disabled={!nextCursor}
        onClick={() => nextCursor && pages.next(nextCursor)}
      >
        Next page
      </Button>
    </nav>
  );
}
