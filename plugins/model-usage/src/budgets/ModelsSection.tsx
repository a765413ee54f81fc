import type {
  BudgetKind,
  ModelSpending,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  type Column,
  DataTable,
  EmptyHint,
  Loaded,
  Pager,
  Section,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { countText, moneyText } from '../lib/money';
import { monthText } from '../lib/months';
import { useModels } from '../lib/useModels';
import { useUsage } from '../lib/useUsage';
import { ModelName } from '../shared/ModelName';

const ROWS_SHOWN = 25;

const figures: Column<ModelSpending>[] = [
  {
    header: 'Spent',
    numeric: true,
    render: ({ cost, currency, calls, refused }) => {
      if (cost !== undefined && currency !== undefined) {
        return moneyText(cost, currency);
      }
      return refused < calls ? 'No price' : 'Nothing';
    },
  },
  { header: 'Calls', numeric: true, render: ({ calls }) => countText(calls) },
  {
    header: 'Refused',
    numeric: true,
    render: ({ refused }) => countText(refused),
  },
  {
    header: 'Input tokens',
    numeric: true,
    render: ({ inputTokens }) => countText(inputTokens),
  },
  {
    header: 'Output tokens',
    numeric: true,
    render: ({ outputTokens }) => countText(outputTokens),
  },
];

/** Which models were called in a month, and what each cost. */
export function ModelsSection(props: {
  kind: BudgetKind;
  subject: string;
  /** Those that can be chosen, the newest first. */
  months: string[];
}) {
  const { kind, subject, months } = props;
  const [month, setMonth] = useState(months[0]);
  const pages = usePages(month);
  const query = useUsage(
    `models ${kind} ${subject} ${month} ${pages.cursor}`,
    (api, signal) =>
      api.listModelSpending(
        { kind, subject, month, cursor: pages.cursor, limit: ROWS_SHOWN },
        { signal },
      ),
  );
  const modelOf = useModels(query.value?.items.map(({ model }) => model));
  const columns: Column<ModelSpending>[] = [
    {
      header: 'Model',
      render: ({ model }) => <ModelName id={model} known={modelOf(model)} />,
    },
    ...figures,
  ];
  return (
    <Section
      title="Models"
      actions={
        <ChoiceField
          id="models-month"
          label="Month"
          value={month}
          choices={months.map(value => ({ value, label: monthText(value) }))}
          onChange={setMonth}
        />
      }
    >
      <Loaded
        query={query}
        room="model-usage"
        failure="The models could not be loaded"
      >
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyHint title={`No model was called in ${monthText(month)}`} />
          ) : (
            <>
              <DataTable
                label="Models"
                rows={items}
                rowKey={({ model, currency }) => `${model} ${currency}`}
                columns={columns}
              />
              <Pager pages={pages} nextCursor={nextCursor} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
