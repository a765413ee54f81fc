import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { NavLink } from 'react-router-dom';
import { rootRouteRef } from '../routes';

const useStyles = makeStyles(
  theme => ({
    nav: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(2),
    },
    link: {
      textTransform: 'none',
      '&[aria-current="page"]': {
        background: theme.palette.action.selected,
        fontWeight: 700,
      },
    },
  }),
  { name: 'ModelGovernancePoliciesNav' },
);

/** Address of a view of policies. */
export function usePoliciesPath(): (view?: string) => string {
  const root = useRouteRef(rootRouteRef)();
  return (view = '') => `${root}/policies${view && `/${view}`}`;
}

const views = [
  { path: '', label: 'In force' },
  { path: 'proposals', label: 'Proposals' },
  { path: 'history', label: 'History' },
];

/** What there is about policies. */
export function PoliciesNav() {
  const classes = useStyles();
  const path = usePoliciesPath();
  return (
    <nav className={classes.nav} aria-label="Policies">
      {views.map(view => (
        <Button
          key={view.path}
          className={classes.link}
          component={NavLink}
          to={path(view.path)}
          end={view.path === ''}
          // Material UI takes everything with its look for a button.
          role="link"
          variant="outlined"
          size="small"
        >
          {view.label}
        </Button>
      ))}
    </nav>
  );
}
