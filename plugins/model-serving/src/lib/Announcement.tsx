import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  {
    root: {
      position: 'absolute',
      width: 1,
      height: 1,
      margin: -1,
      overflow: 'hidden',
      clip: 'rect(0 0 0 0)',
      whiteSpace: 'nowrap',
    },
  },
  { name: 'ModelServingAnnouncement' },
);

/** Said to screen readers when it changes, and not shown. */
export function Announcement({ children }: { children: string }) {
  const classes = useStyles();
  return (
    <div role="status" className={classes.root}>
      {children}
    </div>
  );
}
