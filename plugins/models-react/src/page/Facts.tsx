import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gridTemplateColumns: 'minmax(120px, 180px) 1fr',
      gap: theme.spacing(0.75, 2),
      margin: 0,
      [theme.breakpoints.down('xs')]: { gridTemplateColumns: '1fr' },
    },
    term: { color: theme.palette.text.secondary },
    value: { margin: 0, overflowWrap: 'anywhere' },
  }),
  { name: 'ModelHubFacts' },
);

/**
 * Facts as term and value; those without a value are left out.
 *
 * @public
 */
export function Facts({ items }: { items: Array<[string, ReactNode]> }) {
  const classes = useStyles();
  return (
    <dl className={classes.list}>
      {items
        .filter(
          ([, value]) => value !== undefined && value !== false && value !== '',
        )
        .flatMap(([term, value]) => [
          <dt key={`${term}-term`} className={classes.term}>
            {term}
          </dt>,
          <dd key={`${term}-value`} className={classes.value}>
            {value}
          </dd>,
        ])}
    </dl>
  );
}
