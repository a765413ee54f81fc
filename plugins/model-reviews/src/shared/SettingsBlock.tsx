import { makeStyles } from '@material-ui/core/styles';
import { CopyButton } from '@modelhub/backstage-plugin-models-react';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
      backgroundColor: theme.palette.background.default,
      padding: theme.spacing(1),
    },
    code: {
      flexGrow: 1,
      margin: 0,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'ModelReviewsSettings' },
);

/** Settings as JSON, to read and to copy. */
export function SettingsBlock(props: {
  settings: Record<string, unknown>;
  /** Whose settings, e.g. `the settings of "Short answers"`; without it there is nothing to copy. */
  what?: string;
}) {
  const classes = useStyles();
  const text = JSON.stringify(props.settings, undefined, 2);
  return (
    <div className={classes.root}>
      <pre className={classes.code}>
        <code>{text}</code>
      </pre>
      {props.what && <CopyButton text={text} what={props.what} />}
    </div>
  );
}
