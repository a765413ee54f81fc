import Typography from '@material-ui/core/Typography';
import type {
  UsageImportOutcome,
  UsageImportRow,
} from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  moneyText,
} from '@modelhub/backstage-plugin-models-react';
import { countText } from '../lib/money';
import { daysText, sumsText } from './ImportSums';

const rowColumns: Column<UsageImportRow>[] = [
  { header: 'Line', numeric: true, tight: true, render: it => it.line },
  {
    header: 'When (UTC)',
    tight: true,
    render: ({ at }) => at.slice(0, 16).replace('T', ' '),
  },
  {
    header: 'Model',
    render: ({ model, version }) => (
      <code>{version === undefined ? model : `${model}@${version}`}</code>
    ),
  },
  { header: 'Caller', render: ({ caller }) => caller ?? '–' },
  {
    header: 'Calls',
    numeric: true,
    tight: true,
    render: ({ calls }) => countText(calls),
  },
  {
    header: 'Tokens in',
    numeric: true,
    tight: true,
    render: ({ inputTokens = 0 }) => countText(inputTokens),
  },
  {
    header: 'Tokens out',
    numeric: true,
    tight: true,
    render: ({ outputTokens = 0 }) => countText(outputTokens),
  },
  {
    header: 'Cost',
    numeric: true,
    tight: true,
    render: ({ cost, currency }) =>
      cost === undefined || currency === undefined
        ? '–'
        : moneyText(cost, currency),
  },
];

const rowsText = (count: number) =>
  `${countText(count)} ${count === 1 ? 'row' : 'rows'}`;

/** What a file would add, what cannot be understood, and what is left out. */
export function ImportPreview({ outcome }: { outcome: UsageImportOutcome }) {
  const { problems, problemCount, unmapped, known, sample } = outcome;
  const added = outcome.new;
  return (
    <>
      <Typography component="p" role="status">
        {added.rows > 0
          ? `Adds ${sumsText(added)} (${daysText(added)}).`
          : 'Adds nothing.'}
        {known > 0 && ` ${rowsText(known)} counted before and not again.`}
      </Typography>
      {problems.length > 0 && (
        <>
          <Typography variant="subtitle2" component="h3">
            {rowsText(problemCount)} cannot be taken
          </Typography>
          <DataTable
            label="Rows that cannot be taken"
            rows={problems}
            rowKey={({ line, message }) => `${line} ${message}`}
            columns={[
              {
                header: 'Line',
                numeric: true,
                tight: true,
                render: it => it.line,
              },
              { header: 'What is wrong', render: it => it.message },
            ]}
          />
          {problemCount > problems.length && (
            <Typography variant="body2">
              And {rowsText(problemCount - problems.length)} more.
            </Typography>
          )}
        </>
      )}
      {unmapped.length > 0 && (
        <>
          <Typography variant="subtitle2" component="h3">
            Workloads of which no rule says the model
          </Typography>
          <Typography variant="body2">
            They are left out. Say which model they serve in the configuration,
            under modelUsage.imports.openCost.models, or by label
            modelhub.dev/gateway-id.
          </Typography>
          <DataTable
            label="Workloads without a model"
            rows={unmapped}
            rowKey={({ namespace, controller }) => `${namespace}/${controller}`}
            columns={[
              { header: 'Namespace', render: it => it.namespace },
              { header: 'Controller', render: it => it.controller || '–' },
              {
                header: 'Rows',
                numeric: true,
                tight: true,
                render: it => countText(it.rows),
              },
              {
                header: 'Cost',
                numeric: true,
                tight: true,
                render: it => it.amount.toFixed(2),
              },
            ]}
          />
        </>
      )}
      {sample.length > 0 && (
        <>
          <Typography variant="subtitle2" component="h3">
            {sample.length < added.rows
              ? `The first ${sample.length} rows, as they were understood`
              : 'The rows, as they were understood'}
          </Typography>
          <DataTable
            label="Rows as they were understood"
            rows={sample}
            rowKey={({ line, at }) => `${line} ${at}`}
            columns={rowColumns}
          />
        </>
      )}
    </>
  );
}
