import { makeStyles } from '@material-ui/core/styles';
import type {
  OnlineEstimate,
  OnlineFigure,
} from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  EmptyHint,
} from '@modelhub/backstage-plugin-models-react';
import {
  callsWords,
  differenceWords,
  rangeWords,
  valueWords,
  verdictWords,
} from './words';

const useStyles = makeStyles(
  theme => ({
    small: { color: theme.palette.text.secondary },
    bad: { color: theme.palette.error.dark, fontWeight: 600 },
    track: {
      position: 'relative',
      height: 12,
      minWidth: 120,
      marginTop: theme.spacing(0.5),
      backgroundColor: theme.palette.action.hover,
    },
    zero: {
      position: 'absolute',
      top: 0,
      bottom: 0,
      borderLeft: `2px solid ${theme.palette.text.primary}`,
    },
    margin: {
      position: 'absolute',
      top: 0,
      bottom: 0,
      borderLeft: `2px dashed ${theme.palette.error.main}`,
    },
    interval: {
      position: 'absolute',
      top: 3,
      bottom: 3,
      minWidth: 4,
      backgroundColor: theme.palette.primary.main,
    },
  }),
  { name: 'ModelGovernanceOnlineFigures' },
);

function Estimate({
  estimate,
  unit,
}: {
  estimate?: OnlineEstimate;
  unit: string;
}) {
  const classes = useStyles();
  if (!estimate) return <>–</>;
  const range = rangeWords(estimate.interval, unit);
  return (
    <>
      {valueWords(estimate.mean, unit)}
      <div className={classes.small}>
        {range && `${range}, `}
        {callsWords(estimate.calls)}
      </div>
    </>
  );
}

/** Where the difference lies, against none and against the margin; said in words beside it. */
function DifferenceBar({ figure }: { figure: OnlineFigure }) {
  const classes = useStyles();
  const { comparison, margin = 0 } = figure;
  if (!comparison) return null;
  const [low, high] = comparison.interval;
  const reach = Math.max(Math.abs(low), Math.abs(high), margin * 1.2);
  if (!(reach > 0)) return null;
  const at = (value: number) => `${50 + (value / reach) * 50}%`;
  return (
    <div className={classes.track} aria-hidden>
      <div
        className={classes.interval}
        style={{ left: at(low), width: `${((high - low) / reach) * 50}%` }}
      />
      <div className={classes.zero} style={{ left: at(0) }} />
      {margin > 0 && (
        <div className={classes.margin} style={{ left: at(-margin) }} />
      )}
    </div>
  );
}

function Difference({ figure }: { figure: OnlineFigure }) {
  const classes = useStyles();
  const { comparison, unit, margin, confidence } = figure;
  if (!comparison) return <>{verdictWords(figure)}</>;
  const { standing, interval, finalInterval, difference } = comparison;
  return (
    <>
      <span className={standing === 'worse' ? classes.bad : undefined}>
        {verdictWords(figure)}
      </span>
      <div className={classes.small}>
        {differenceWords(difference, unit)}; {rangeWords(interval, unit)} (
        {Number((confidence * 100).toFixed(1))} %)
        {margin !== undefined && `; stops below ${valueWords(-margin, unit)}`}
        {finalInterval && `; at the end ${rangeWords(finalInterval, unit)}`}
      </div>
      <DifferenceBar figure={figure} />
    </>
  );
}

/** Live figures of the arms, with intervals that hold however often one looks. */
export function Figures(props: { figures: OnlineFigure[]; isPair: boolean }) {
  const { figures, isPair } = props;
  if (figures.length === 0) {
    return (
      <EmptyHint
        title="No call has been scored yet"
        description="Figures come within seconds of the first call that takes part."
      />
    );
  }
  const columns: Column<OnlineFigure>[] = [
    {
      header: 'Metric',
      render: ({ title, metric, direction }) => (
        <>
          {title}
          <div>
            <code>{metric}</code>, {direction === 'lower' ? 'less' : 'more'} is
            better
          </div>
        </>
      ),
    },
    {
      header: isPair ? 'Control' : 'Model',
      render: ({ control, unit }) => (
        <Estimate estimate={control} unit={unit} />
      ),
    },
    ...(isPair
      ? [
          {
            header: 'Challenger',
            render: ({ challenger, unit }: OnlineFigure) => (
              <Estimate estimate={challenger} unit={unit} />
            ),
          },
          {
            header: 'Challenger beside control',
            render: (figure: OnlineFigure) => <Difference figure={figure} />,
          },
        ]
      : []),
  ];
  return (
    <DataTable
      label="Figures"
      columns={columns}
      rows={figures}
      rowKey={({ metric }) => metric}
    />
  );
}
