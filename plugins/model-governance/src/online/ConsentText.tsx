import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';

const useStyles = makeStyles(
  theme => ({
    root: {
      borderLeft: `3px solid ${theme.palette.divider}`,
      paddingLeft: theme.spacing(2),
      overflowWrap: 'anywhere',
    },
    line: { margin: theme.spacing(0.5, 0) },
  }),
  { name: 'ModelGovernanceConsentText' },
);

/** The text of a consent, line by line, as its hash covers it. */
export function ConsentText({ title, text }: { title: string; text: string }) {
  const classes = useStyles();
  return (
    <section className={classes.root} aria-label={title}>
      <Typography variant="subtitle2" component="h3">
        {title}
      </Typography>
      {text.split('\n').map(line => (
        <p key={line} className={classes.line}>
          {line}
        </p>
      ))}
    </section>
  );
}
