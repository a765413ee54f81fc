import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(1, 1.5), fontSize: 12, maxWidth: 320 },
    head: { fontWeight: 600, marginBottom: 2 },
    row: {
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(2),
    },
  }),
  { name: 'ModelHubChartHover' },
);

/** The numbers of the period that is pointed at. */
export function Hover(props: {
  title: string;
  rows: Array<{ label: string; text: string }>;
}) {
  const classes = useStyles();
  return (
    <Paper elevation={4} className={classes.root}>
      <div className={classes.head}>{props.title}</div>
      {props.rows.map(({ label, text }) => (
        <div key={label} className={classes.row}>
          <span>{label}</span>
          <span>{text}</span>
        </div>
      ))}
    </Paper>
  );
}
