import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fill, minmax(170px, 1fr))',
      gap: theme.spacing(2),
      margin: theme.spacing(0, 0, 3),
    },
    term: { fontSize: 12, color: theme.palette.text.secondary },
    value: { ...theme.typography.h6, margin: 0, overflowWrap: 'anywhere' },
    words: { ...theme.typography.body2, margin: 0 },
  }),
  { name: 'ModelUsageHeadline' },
);

/** One number with what to compare it with. */
export interface Stat {
  label: string;
  value: ReactNode;
  words?: ReactNode;
}

/** The numbers that are asked for first. */
export function Headline({ stats }: { stats: Stat[] }) {
  const classes = useStyles();
  return (
    <dl className={classes.root}>
      {stats.map(({ label, value, words }) => (
        <div key={label}>
          <dt className={classes.term}>{label}</dt>
          <dd className={classes.value}>{value}</dd>
          {words && <dd className={classes.words}>{words}</dd>}
        </div>
      ))}
    </dl>
  );
}
