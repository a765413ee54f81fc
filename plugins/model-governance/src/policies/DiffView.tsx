import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { ChangedPolicyFile } from '@modelhub/backstage-plugin-models-common';
import { structuredPatch } from 'diff';

const useStyles = makeStyles(
  theme => {
    const dark = theme.palette.type === 'dark';
    return {
      file: { marginBottom: theme.spacing(2) },
      name: { fontWeight: 600, overflowWrap: 'anywhere' },
      lines: {
        margin: 0,
        padding: theme.spacing(1, 0),
        border: `1px solid ${theme.palette.divider}`,
        borderRadius: theme.shape.borderRadius,
        fontFamily: 'monospace',
        fontSize: 13,
        lineHeight: '20px',
      },
      line: {
        display: 'block',
        // Long lines wrap, so that nothing has to be scrolled to.
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        padding: theme.spacing(0, 1),
        textDecoration: 'none',
      },
      added: { background: dark ? '#12391f' : '#e6f6e9' },
      removed: { background: dark ? '#47191c' : '#fde9ea' },
      place: { color: theme.palette.text.secondary },
    };
  },
  { name: 'ModelGovernanceDiff' },
);

/** What happens to a file, in a word. */
export function changeWord({ before, after }: ChangedPolicyFile): string {
  if (before === undefined) return 'new';
  return after === undefined ? 'removed' : 'changed';
}

/** The lines of a file that differ, with some around them. */
export function FileDiff({ file }: { file: ChangedPolicyFile }) {
  const classes = useStyles();
  const { name, before, after } = file;
  const { hunks } = structuredPatch(
    name,
    name,
    before ?? '',
    after ?? '',
    undefined,
    undefined,
    { context: 3 },
  );
  return (
    <div className={classes.file}>
      <Typography component="h3" variant="body2" className={classes.name}>
        {name} ({changeWord(file)})
      </Typography>
      {hunks.length === 0 ? (
        <Typography variant="body2">Not a line differs.</Typography>
      ) : (
        <pre
          className={classes.lines}
          role="region"
          aria-label={`Difference of ${name}`}
        >
          {hunks.map((hunk, index) => (
            <code key={hunk.oldStart}>
              {index > 0 && <span className={classes.line}> </span>}
              <span className={`${classes.line} ${classes.place}`}>
                Line {hunk.newStart}
              </span>
              {hunk.lines.map((line, at) => (
                <DiffLine key={`${hunk.oldStart}:${at}`} line={line} />
              ))}
            </code>
          ))}
        </pre>
      )}
    </div>
  );
}

function DiffLine({ line }: { line: string }) {
  const classes = useStyles();
  if (line.startsWith('+')) {
    return <ins className={`${classes.line} ${classes.added}`}>{line}</ins>;
  }
  if (line.startsWith('-')) {
    return <del className={`${classes.line} ${classes.removed}`}>{line}</del>;
  }
  return <span className={classes.line}>{line}</span>;
}
