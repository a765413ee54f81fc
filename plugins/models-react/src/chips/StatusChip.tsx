import { makeStyles, Theme } from '@material-ui/core/styles';
import type SvgIcon from '@material-ui/core/SvgIcon';
import Tooltip from '@material-ui/core/Tooltip';
import { Tone, tones } from './tones';

const useStyles = makeStyles<Theme, { tone: Tone }>(
  theme => ({
    root: ({ tone }) => {
      const { text, background, border } = tones[theme.palette.type][tone];
      return {
        display: 'inline-flex',
        alignItems: 'center',
        gap: 4,
        maxWidth: '100%',
        padding: '2px 8px 2px 6px',
        borderRadius: 12,
        border: `1px solid ${border}`,
        color: text,
        backgroundColor: background,
        fontFamily: theme.typography.fontFamily,
        fontSize: 12,
        fontWeight: 500,
        lineHeight: '18px',
        verticalAlign: 'middle',
      };
    },
    icon: { fontSize: 15, flexShrink: 0 },
    label: {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'ModelHubStatusChip' },
);

/**
 * @public
 */
export interface StatusChipProps {
  icon: typeof SvgIcon;
  label: string;
  tone?: Tone;
  /** A sentence that says what the label means; its description. */
  explanation?: string;
}

/**
 * A short fact: icon, words and, last, colour.
 *
 * @public
 */
export function StatusChip(props: StatusChipProps) {
  const { icon: Icon, label, tone = 'neutral', explanation } = props;
  const classes = useStyles({ tone });
  const chip = (
    <span className={classes.root}>
      <Icon className={classes.icon} aria-hidden />
      <span className={classes.label}>{label}</span>
    </span>
  );
  return explanation ? <Tooltip title={explanation}>{chip}</Tooltip> : chip;
}
