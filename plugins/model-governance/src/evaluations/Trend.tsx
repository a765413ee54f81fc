import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { ModelEvaluation } from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  DataTable,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { amountText, intervalText } from '../approval/evaluationRun/words';
import { TrendChart } from './TrendChart';
import { trendOf, type TrendPoint } from './trendOf';

const useStyles = makeStyles(
  theme => ({
    root: { marginTop: theme.spacing(2) },
    choice: { maxWidth: 360, margin: theme.spacing(1, 0) },
  }),
  { name: 'ModelGovernanceTrend' },
);

/** How a number went from version to version: a picture, and the table behind it. */
export function Trend(props: {
  /** Names the field. */
  id: string;
  title: string;
  results: ModelEvaluation[];
}) {
  const { id, title, results } = props;
  const classes = useStyles();
  const trends = trendOf(results);
  const [chosen, setChosen] = useState<string>();
  const trend = trends.find(({ key }) => key === chosen) ?? trends[0];
  if (!trend) return null;
  const pointWords = ({ value, interval }: TrendPoint) => {
    const range = intervalText({ interval, unit: trend.unit });
    return `${amountText(value, trend.unit)}${range ? ` (${range})` : ''}`;
  };
  return (
    <div className={classes.root}>
      <Typography variant="subtitle2" component="h3">
        From version to version
      </Typography>
      {trends.length > 1 && (
        <div className={classes.choice}>
          <ChoiceField
            id={`trend-${id}`}
            label={`Metric of ${title}`}
            value={trend.key}
            choices={trends.map(it => ({ value: it.key, label: it.title }))}
            onChange={setChosen}
            fullWidth
          />
        </div>
      )}
      <TrendChart
        trend={trend}
        label={`${trend.title} by version of the model: ${trend.points
          .map(point => `${point.modelVersion} ${pointWords(point)}`)
          .join('; ')}`}
      />
      {trend.points.some(({ isOther }) => isOther) && (
        <Typography variant="caption" color="textSecondary" component="p">
          Hollow: measured with another version of the pack, so not to be
          compared.
        </Typography>
      )}
      <details>
        <summary>As a table</summary>
        <DataTable
          label={`${trend.title} by version`}
          rows={trend.points}
          rowKey={point => point.id}
          columns={[
            { header: 'Version', render: it => it.modelVersion },
            { header: trend.title, render: pointWords },
            {
              header: 'Pack',
              render: it =>
                `${it.packVersion ?? 'not stated'}${
                  it.isOther ? ' (another one)' : ''
                }`,
            },
          ]}
        />
      </details>
    </div>
  );
}
