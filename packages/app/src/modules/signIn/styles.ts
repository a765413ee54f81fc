import { makeStyles } from '@material-ui/core/styles';

export const useStyles = makeStyles(theme => ({
  root: { maxWidth: 880, margin: '0 auto', padding: theme.spacing(4, 0) },
  alert: { marginBottom: theme.spacing(2) },
  search: { marginBottom: theme.spacing(2) },
  list: { padding: 0 },
  person: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    marginBottom: theme.spacing(1),
    backgroundColor: theme.palette.background.paper,
    alignItems: 'flex-start',
  },
  teams: { color: theme.palette.text.secondary },
}));
