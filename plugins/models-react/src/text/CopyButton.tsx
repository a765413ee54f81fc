import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import DoneIcon from '@material-ui/icons/Done';
import FileCopyOutlinedIcon from '@material-ui/icons/FileCopyOutlined';
import ReportProblemIcon from '@material-ui/icons/ReportProblem';
import { useEffect } from 'react';
import useCopyToClipboard from 'react-use/lib/useCopyToClipboard';
import useToggle from 'react-use/lib/useToggle';

/** Milliseconds for which the button says what it did. */
const SHOWN = 2_000;

/**
 * Copies a text that is too long to type.
 *
 * @public
 */
export function CopyButton(props: {
  text: string;
  /** What the text is, e.g. `the digest of version 1.0`. */
  what: string;
}) {
  const { text, what } = props;
  const [{ error }, copy] = useCopyToClipboard();
  const [done, setDone] = useToggle(false);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => setDone(false), SHOWN);
    return () => clearTimeout(timer);
  }, [done, setDone]);

  const label = `Copy ${what}`;
  const outcome = error ? 'Could not be copied' : 'Copied';
  const Icon = error ? ReportProblemIcon : DoneIcon;
  return (
    <Tooltip title={done ? outcome : label}>
      <IconButton
        size="small"
        aria-label={done ? `${outcome}: ${what}` : label}
        onClick={() => {
          copy(text);
          setDone(true);
        }}
      >
        {done ? (
          <Icon fontSize="small" />
        ) : (
          <FileCopyOutlinedIcon fontSize="small" />
        )}
      </IconButton>
    </Tooltip>
  );
}
