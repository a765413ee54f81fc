import { makeStyles } from '@material-ui/core/styles';

/**
 * Fields of a dialog below each other, and words about errors that one can read.
 *
 * @public
 */
export const useFieldStyles = makeStyles(
  theme => ({
    // The theme's red is made for icons: as text it is too pale on white.
    form: {
      '& .MuiFormLabel-root.Mui-error, & .MuiFormHelperText-root.Mui-error': {
        color: theme.palette.error.dark,
      },
    },
    fields: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
      paddingTop: theme.spacing(1),
    },
  }),
  { name: 'ModelHubFields' },
);
