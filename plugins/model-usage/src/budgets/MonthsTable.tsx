import type { SpendingMonth } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
} from '@modelhub/backstage-plugin-models-react';
import { countText } from '../lib/money';
import { monthText } from '../lib/months';
import { Costs } from './Costs';

const columns: Column<SpendingMonth>[] = [
  { header: 'Month', tight: true, render: ({ month }) => monthText(month) },
  { header: 'Spent', numeric: true, render: item => <Costs {...item} /> },
  { header: 'Calls', numeric: true, render: ({ calls }) => countText(calls) },
  {
    header: 'Alerts',
    render: ({ alerts }) =>
      alerts.length === 0
        ? 'None'
        : alerts
            .map(
              ({ percent, at }) =>
                `${percent} % on ${new Date(at).toLocaleString('en-GB', {
                  day: 'numeric',
                  month: 'short',
                  hour: '2-digit',
                  minute: '2-digit',
                })}`,
            )
            .join(', '),
  },
];

/** Months with what was spent in them, the newest first; none before the first that has something. */
export function MonthsTable({ items }: { items: SpendingMonth[] }) {
  const first = items.findIndex(({ calls }) => calls > 0);
  return (
    <DataTable
      label="Month by month"
      rows={items.slice(first).reverse()}
      rowKey={({ month }) => month}
      columns={columns}
    />
  );
}
