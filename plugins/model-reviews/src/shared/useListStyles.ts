import { makeStyles } from '@material-ui/core/styles';

/** Lists of what people wrote, with filters above. */
export const useListStyles = makeStyles(
  theme => ({
    filters: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(2),
      marginBottom: theme.spacing(2),
    },
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: {
      borderTop: `1px solid ${theme.palette.divider}`,
      padding: theme.spacing(2, 0),
      '&:first-child': { borderTop: 'none', paddingTop: 0 },
    },
    title: { ...theme.typography.subtitle1, margin: 0, fontWeight: 600 },
    part: { ...theme.typography.subtitle2, margin: theme.spacing(1, 0, 0) },
    nested: {
      borderLeft: `3px solid ${theme.palette.divider}`,
      margin: theme.spacing(1, 0, 0),
      padding: theme.spacing(0.5, 0, 0.5, 1.5),
    },
  }),
  { name: 'ModelReviewsList' },
);
