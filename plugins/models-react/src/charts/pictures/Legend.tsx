import { makeStyles } from '@material-ui/core/styles';
import { Mark } from '../marks';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      margin: theme.spacing(0.5, 0, 0),
      fontSize: 12,
    },
    entry: { display: 'inline-flex', alignItems: 'center', gap: 6 },
  }),
  { name: 'ModelHubChartLegend' },
);

/** What stands for one series in the legend. */
export interface LegendEntry {
  id: string;
  label: string;
  colour: string;
  kind: number;
  as: 'line' | 'area' | 'bar' | 'band';
  dash: string;
  /** Id of the pattern that fills it. */
  pattern?: string;
}

function Swatch({ entry }: { entry: LegendEntry }) {
  const { as, colour, kind, dash, pattern } = entry;
  return (
    <svg width={28} height={12}>
      {as === 'line' ? (
        <>
          <line
            x1={0}
            x2={28}
            y1={6}
            y2={6}
            stroke={colour}
            strokeWidth={2}
            strokeDasharray={dash}
          />
          {!dash.startsWith('3 ') && (
            <Mark kind={kind} x={14} y={6} colour={colour} />
          )}
        </>
      ) : (
        <rect
          width={28}
          height={12}
          fill={pattern ? `url(#${pattern})` : colour}
          fillOpacity={as === 'band' ? 0.2 : 1}
          stroke={colour}
        />
      )}
    </svg>
  );
}

/** What the marks of a picture mean. Part of the picture: screen readers have the table. */
export function Legend({ entries }: { entries: LegendEntry[] }) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {entries.map(entry => (
        <span key={entry.id} className={classes.entry}>
          <Swatch entry={entry} />
          {entry.label}
        </span>
      ))}
    </div>
  );
}
