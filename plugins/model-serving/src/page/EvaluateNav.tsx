import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { useLocation } from 'react-router-dom';
import { useServingPaths } from '../lib/paths';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      listStyle: 'none',
      margin: theme.spacing(1, 0, 2),
      padding: 0,
    },
    link: {
      ...theme.typography.body2,
      display: 'inline-block',
      padding: theme.spacing(0.75, 2),
      borderRadius: 18,
      border: `1px solid ${theme.palette.divider}`,
      color: theme.palette.text.primary,
      background: theme.palette.background.paper,
      '&[aria-current="page"]': {
        fontWeight: 600,
        borderColor: theme.palette.text.primary,
      },
    },
  }),
  { name: 'ModelServingNav' },
);

/** Between the views of the tab; the one that is shown is the current page. */
export function EvaluateNav() {
  const classes = useStyles();
  const paths = useServingPaths();
  const { pathname } = useLocation();
  const playground = paths.playground();
  const inputs = paths.inputs();
  const items = [
    {
      label: 'My endpoints',
      to: paths.endpoints,
      current: !pathname.startsWith(playground) && !pathname.startsWith(inputs),
    },
    {
      label: 'Playground',
      to: playground,
      current: pathname.startsWith(playground),
    },
    {
      label: 'Own inputs',
      to: inputs,
      current: pathname.startsWith(inputs),
    },
  ];
  return (
    <nav aria-label="Evaluate">
      <ul className={classes.list}>
        {items.map(({ label, to, current }) => (
          <li key={label}>
            <Link
              to={to}
              className={classes.link}
              aria-current={current ? 'page' : undefined}
              underline="none"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
