import type { ModelEvaluation } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  ModelLink,
  Person,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';
import { amountText } from '../approval/evaluationRun/words';
import { OutcomeChip } from './OutcomeChip';
import { PackStandingNote } from './PackStandingNote';
import { metricKey, metricTitle } from './results';

/** Results, one a row. */
export function ResultsTable(props: {
  label: string;
  results: ModelEvaluation[];
  /** They are of several models. */
  showsModel?: boolean;
}) {
  const { label, results, showsModel } = props;
  const columns: Array<Column<ModelEvaluation>> = [
    ...(showsModel
      ? [
          {
            header: 'Model',
            render: (it: ModelEvaluation) => (
              <ModelLink entityRef={it.entityRef} />
            ),
          },
        ]
      : []),
    { header: 'Version', render: it => it.modelVersion },
    { header: 'Pack', tight: true, render: it => it.pack.version ?? '–' },
    { header: 'Main figure', tight: true, render: mainFigure },
    {
      header: 'Outcome',
      tight: true,
      render: it => (
        <>
          <OutcomeChip outcome={it.outcome} /> <PackStandingNote result={it} />
        </>
      ),
    },
    {
      header: 'Measured',
      tight: true,
      render: it => <RelativeTime at={it.finishedAt} />,
    },
    {
      header: 'By',
      render: it => <Person entityRef={it.startedBy ?? it.submittedBy} />,
    },
  ];
  return (
    <DataTable
      label={label}
      rows={results}
      rowKey={({ id }) => id}
      columns={columns}
    />
  );
}

/** Of what the pack asks first, or of the first metric: `Accuracy 91 %`. */
export function mainFigure({ metrics, criteria }: ModelEvaluation): string {
  const [asked] = criteria;
  const wanted =
    asked &&
    metrics.find(
      metric =>
        metricKey(metric) ===
        metricKey({
          name: asked.metric,
          statistic: asked.statistic,
          slice: asked.slice,
        }),
    );
  const metric = wanted ?? metrics[0];
  return metric
    ? `${metricTitle(metric)} ${amountText(metric.value, metric.unit)}`
    : '–';
}
