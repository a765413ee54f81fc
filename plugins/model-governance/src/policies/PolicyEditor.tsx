import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import type { PolicyProblem } from '@modelhub/backstage-plugin-models-common';
import { useRef } from 'react';

const LINE_PX = 20;
const FEWEST_LINES = 12;
const MOST_LINES = 28;

const useStyles = makeStyles(
  theme => ({
    frame: {
      display: 'flex',
      border: `1px solid ${theme.palette.grey[500]}`,
      borderRadius: theme.shape.borderRadius,
      overflow: 'hidden',
      '&:focus-within': {
        outline: `2px solid ${theme.palette.primary.main}`,
      },
    },
    numbers: {
      overflow: 'hidden',
      margin: 0,
      padding: theme.spacing(1, 0),
      textAlign: 'right',
      color: theme.palette.text.secondary,
      background: theme.palette.background.default,
      userSelect: 'none',
      fontFamily: 'monospace',
      fontSize: 13,
      lineHeight: `${LINE_PX}px`,
      flexShrink: 0,
    },
    number: { padding: theme.spacing(0, 1), minWidth: 44 },
    wrong: {
      // The theme's red is made for icons: white on it is too pale.
      background: theme.palette.error.dark,
      color: theme.palette.common.white,
      fontWeight: 700,
    },
    text: {
      flexGrow: 1,
      minWidth: 0,
      border: 0,
      outline: 'none',
      resize: 'none',
      padding: theme.spacing(1),
      color: theme.palette.text.primary,
      background: theme.palette.background.paper,
      fontFamily: 'monospace',
      fontSize: 13,
      lineHeight: `${LINE_PX}px`,
      whiteSpace: 'pre',
      overflow: 'auto',
      tabSize: 2,
    },
    problems: {
      listStyle: 'none',
      margin: theme.spacing(1, 0, 0),
      padding: 0,
      '& li': {
        display: 'flex',
        gap: theme.spacing(1),
        alignItems: 'center',
        flexWrap: 'wrap',
        overflowWrap: 'anywhere',
      },
    },
    icon: { color: theme.palette.error.main },
    help: { color: theme.palette.text.secondary, fontSize: 12 },
  }),
  { name: 'ModelGovernancePolicyEditor' },
);

/** Where a line begins in a text. */
export function startOfLine(text: string, line: number): number {
  return text
    .split('\n')
    .slice(0, line - 1)
    .reduce((at, one) => at + one.length + 1, 0);
}

function ProblemLine(props: {
  problem: PolicyProblem;
  onGo: (line: number) => void;
}) {
  const classes = useStyles();
  const { problem, onGo } = props;
  const { line, field, message } = problem;
  return (
    <li>
      <ErrorOutlineIcon fontSize="small" className={classes.icon} aria-hidden />
      {line !== undefined && (
        <Button
          size="small"
          variant="outlined"
          onClick={() => onGo(line)}
          aria-label={`Go to line ${line}`}
        >
          Line {line}
        </Button>
      )}
      <span>
        {field && !message.includes(field) && <code>{field}: </code>}
        {message}
      </span>
    </li>
  );
}

/**
 * A text with numbered lines, and what is wrong at which of them. Tab leaves
 * it, as it leaves every field.
 */
export function PolicyEditor(props: {
  label: string;
  value: string;
  readOnly?: boolean;
  problems: PolicyProblem[];
  onChange: (value: string) => void;
}) {
  const classes = useStyles();
  const { label, value, readOnly, problems, onChange } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const lines = value.split('\n').length;
  const wrong = new Set(problems.map(problem => problem.line));
  const height =
    Math.min(Math.max(lines + 1, FEWEST_LINES), MOST_LINES) * LINE_PX + 16;

  const go = (line: number) => {
    const area = field.current;
    if (!area) return;
    const from = startOfLine(value, line);
    const end = value.indexOf('\n', from);
    area.focus();
    area.setSelectionRange(from, end < 0 ? value.length : end);
    area.scrollTop = Math.max(0, (line - 4) * LINE_PX);
  };

  return (
    <>
      <div className={classes.frame} style={{ height }}>
        <div ref={gutter} className={classes.numbers} aria-hidden>
          {Array.from({ length: lines }, (_, index) => (
            <div
              key={index}
              className={
                wrong.has(index + 1)
                  ? `${classes.number} ${classes.wrong}`
                  : classes.number
              }
            >
              {index + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={field}
          className={classes.text}
          aria-label={label}
          aria-invalid={problems.length > 0}
          aria-describedby="policy-editor-problems"
          readOnly={readOnly}
          value={value}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          onChange={event => onChange(event.target.value)}
          onScroll={event => {
            if (gutter.current) {
              gutter.current.scrollTop = event.currentTarget.scrollTop;
            }
          }}
        />
      </div>
      <div id="policy-editor-problems" role="status">
        {problems.length > 0 && (
          <ul className={classes.problems} aria-label="What is wrong">
            {problems.map(problem => (
              <ProblemLine
                key={`${problem.line}:${problem.field}:${problem.message}`}
                problem={problem}
                onGo={go}
              />
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
