import Typography from '@material-ui/core/Typography';
import type {
  PlaygroundBatchTarget,
  PlaygroundMetric,
} from '@modelhub/backstage-plugin-models-common';
import { DataTable } from '@modelhub/backstage-plugin-models-react';
import { targetName } from '../playground/words';
import { amountText, intervalText } from './words';

interface MetricRow {
  key: string;
  title: string;
  /** By place of the target. */
  values: Map<number, PlaygroundMetric>;
}

const titleOf = ({ title, statistic, slice }: PlaygroundMetric) =>
  [
    title,
    statistic && statistic !== 'mean' ? `(${statistic})` : '',
    slice ? `of ${slice}` : '',
  ]
    .filter(Boolean)
    .join(' ');

/** One row for each metric that any of the targets has. */
export function metricRows(targets: PlaygroundBatchTarget[]): MetricRow[] {
  const rows = new Map<string, MetricRow>();
  for (const { place, metrics } of targets) {
    for (const metric of metrics) {
      const key = [metric.name, metric.statistic, metric.slice].join(' ');
      const row = rows.get(key) ?? {
        key,
        title: titleOf(metric),
        values: new Map(),
      };
      row.values.set(place, metric);
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}

function Value({ metric }: { metric?: PlaygroundMetric }) {
  if (!metric) return <>not measured</>;
  return (
    <>
      {amountText(metric.value, metric.unit)}
      {metric.interval && (
        <Typography variant="body2" color="textSecondary" component="div">
          {intervalText(metric.interval, metric.unit)}
        </Typography>
      )}
    </>
  );
}

/** What each target came to, with intervals. */
export function MetricsTable({
  targets,
}: {
  targets: PlaygroundBatchTarget[];
}) {
  const rows = metricRows(targets);
  if (rows.length === 0) {
    return (
      <Typography variant="body2">
        Figures appear when the first model is through.
      </Typography>
    );
  }
  return (
    <>
      <DataTable
        label="Figures of each model"
        columns={[
          { header: 'Figure', render: ({ title }) => title },
          ...targets.map(({ place, target }) => ({
            header: `${place + 1}. ${targetName(target)}`,
            numeric: true,
            render: ({ values }: MetricRow) => (
              <Value metric={values.get(place)} />
            ),
          })),
        ]}
        rows={rows}
        rowKey={({ key }) => key}
      />
      <Typography variant="body2" color="textSecondary">
        Below a figure: where it lies with a certainty of 95 %, by these rows.
      </Typography>
    </>
  );
}
