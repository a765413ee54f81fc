import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { FileButton } from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';

const useStyles = makeStyles(
  theme => ({
    drop: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(2),
      padding: theme.spacing(2),
      marginBottom: theme.spacing(2),
      border: `2px dashed ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
    },
    over: { borderColor: theme.palette.primary.main },
    words: { flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' },
  }),
  { name: 'ModelServingFileDrop' },
);

/** A file is dropped here or chosen. */
export function FileDrop(props: {
  disabled: boolean;
  /** Of the file that is chosen. */
  name?: string;
  /** What it may be at most. */
  limit: string;
  onFile: (file: File) => void;
}) {
  const { disabled, name, limit, onFile } = props;
  const classes = useStyles();
  const [isOver, setIsOver] = useState(false);
  const take = (file: File | undefined) => {
    if (file && !disabled) onFile(file);
  };
  return (
    <div
      className={`${classes.drop} ${isOver ? classes.over : ''}`}
      onDragOver={event => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={event => {
        event.preventDefault();
        setIsOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <FileButton
        label={name ? 'Choose another file…' : 'Choose a file…'}
        accept=".csv,.jsonl,.ndjson,text/csv,application/jsonl,application/x-ndjson"
        disabled={disabled}
        onFile={take}
      />
      <Typography variant="body2" className={classes.words}>
        {name ?? 'or drop it here.'} {!name && limit}
      </Typography>
    </div>
  );
}
