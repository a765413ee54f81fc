import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { ReactNode, useState } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      // Lists and terms inside take the portal's font, not the browser's.
      ...theme.typography.body2,
      padding: theme.spacing(2),
      marginBottom: theme.spacing(2),
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(1),
    },
    title: { fontSize: 16, fontWeight: 600, flexGrow: 1, margin: 0 },
  }),
  { name: 'ModelHubSection' },
);

let counter = 0;

/**
 * A titled part of a page; its name is that of the landmark.
 *
 * @public
 */
export function Section(props: {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const classes = useStyles();
  const [id] = useState(() => {
    counter += 1;
    return `modelhub-section-${counter}`;
  });
  return (
    <Paper
      component="section"
      variant="outlined"
      className={classes.root}
      aria-labelledby={id}
    >
      <div className={classes.head}>
        <Typography id={id} component="h2" className={classes.title}>
          {props.title}
        </Typography>
        {props.actions}
      </div>
      {props.description && (
        <Typography variant="body2" color="textSecondary" paragraph>
          {props.description}
        </Typography>
      )}
      {props.children}
    </Paper>
  );
}
