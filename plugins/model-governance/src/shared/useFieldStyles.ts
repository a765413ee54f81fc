import { makeStyles } from '@material-ui/core/styles';

/** Fields of a dialog below each other. */
export const useFieldStyles = makeStyles(
  theme => ({
    fields: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
      paddingTop: theme.spacing(1),
    },
  }),
  { name: 'ModelGovernanceFields' },
);
