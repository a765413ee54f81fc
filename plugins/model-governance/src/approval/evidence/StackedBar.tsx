import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';

/** From dark to light; the gaps between the parts tell them apart without colour. */
const shades = {
  light: ['#0b4a86', '#3f7fbf', '#86aed6', '#9aa0a6'],
  dark: ['#a9d1f7', '#6fa8dc', '#4a86bf', '#80868b'],
};

const useStyles = makeStyles(
  theme => ({
    root: { maxWidth: 640, margin: theme.spacing(1.5, 0, 1) },
    track: {
      position: 'relative',
      display: 'flex',
      gap: 2,
      height: 22,
      padding: 1,
      borderRadius: 3,
      border: `1px solid ${theme.palette.text.secondary}`,
      background: theme.palette.background.paper,
    },
    part: { height: '100%', minWidth: 1 },
    mark: {
      position: 'absolute',
      top: -5,
      bottom: -5,
      width: 3,
      marginLeft: -1,
      background: theme.palette.text.primary,
      outline: `1px solid ${theme.palette.background.paper}`,
    },
    words: { position: 'relative', height: 20 },
    word: { position: 'absolute', whiteSpace: 'nowrap' },
    swatch: {
      display: 'inline-block',
      width: 10,
      height: 10,
      marginRight: theme.spacing(1),
    },
  }),
  { name: 'ModelGovernanceStackedBar' },
);

const useShade = makeStyles(
  theme => ({
    shade0: { background: shades[theme.palette.type][0] },
    shade1: { background: shades[theme.palette.type][1] },
    shade2: { background: shades[theme.palette.type][2] },
    shade3: { background: shades[theme.palette.type][3] },
  }),
  { name: 'ModelGovernanceShade' },
);

export type Shade = 0 | 1 | 2 | 3;

/** The colour of a part, beside its name in a table. */
export function Swatch({ shade }: { shade: Shade }) {
  const classes = useStyles();
  const shadeClasses = useShade();
  return (
    <span
      aria-hidden
      className={`${classes.swatch} ${shadeClasses[`shade${shade}`]}`}
    />
  );
}

/** Parts beside each other, and a mark that they should not pass. */
export function StackedBar(props: {
  /** All that the picture says, in words. */
  label: string;
  parts: Array<{ id: string; value: number; shade: Shade }>;
  mark?: { value: number; label: string };
}) {
  const { label, parts, mark } = props;
  const classes = useStyles();
  const shadeClasses = useShade();
  const sum = parts.reduce((total, { value }) => total + value, 0);
  // Room behind the mark, so that it is seen to be one.
  const scale = Math.max(sum, (mark?.value ?? 0) * 1.05, 1e-9);
  const percent = (value: number) => `${(100 * value) / scale}%`;
  const at = mark && (100 * mark.value) / scale;
  return (
    <div className={classes.root} role="img" aria-label={label}>
      <div className={classes.track}>
        {parts.map(({ id, value, shade }) => (
          <div
            key={id}
            className={`${classes.part} ${shadeClasses[`shade${shade}`]}`}
            style={{ width: percent(value) }}
          />
        ))}
        {mark && (
          <div className={classes.mark} style={{ left: percent(mark.value) }} />
        )}
      </div>
      {mark && at !== undefined && (
        <div className={classes.words}>
          <Typography
            variant="caption"
            className={classes.word}
            style={at > 50 ? { right: `${100 - at}%` } : { left: `${at}%` }}
          >
            {mark.label}
          </Typography>
        </div>
      )}
    </div>
  );
}
