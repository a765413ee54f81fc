import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useState } from 'react';
import { SafeMarkdown } from './SafeMarkdown';

/** The backend takes no more. */
export const LONGEST_TEXT = 10_000;

const useStyles = makeStyles(
  theme => ({
    preview: {
      border: `1px dashed ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      color: theme.palette.text.primary,
      padding: theme.spacing(1, 1.5),
    },
  }),
  { name: 'ModelReviewsMarkdownField' },
);

/** Markdown, and how it will look. */
export function MarkdownField(props: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  helperText?: string;
  error?: boolean;
  rows?: number;
}) {
  const { id, label, value } = props;
  const classes = useStyles();
  const [shown, setShown] = useState(false);
  const left = LONGEST_TEXT - value.length;
  return (
    <div>
      <TextField
        id={id}
        label={label}
        value={value}
        onChange={event => props.onChange(event.target.value)}
        required={props.required}
        error={props.error}
        helperText={
          left < 500
            ? `${left} characters left.`
            : props.helperText ?? 'Markdown; no pictures and no HTML.'
        }
        inputProps={{ maxLength: LONGEST_TEXT }}
        InputLabelProps={{ shrink: true }}
        variant="outlined"
        size="small"
        multiline
        minRows={props.rows ?? 3}
        maxRows={12}
        fullWidth
      />
      <Button
        size="small"
        onClick={() => setShown(!shown)}
        aria-expanded={shown}
        aria-controls={`${id}-preview`}
        aria-label={`${shown ? 'Hide' : 'Show'} preview of ${label}`}
      >
        {shown ? 'Hide preview' : 'Preview'}
      </Button>
      <div
        id={`${id}-preview`}
        role="region"
        aria-label={`Preview of ${label}`}
        className={classes.preview}
        hidden={!shown}
      >
        {shown && <SafeMarkdown text={value || '*Nothing written yet.*'} />}
      </div>
    </div>
  );
}
