import { lazy, type ReactNode } from 'react';
import type { Column } from '../tables';
import { Figure, type FigureFrame } from './Figure';
import { FigureTable } from './FigureTable';
import type { ChartUnit } from './units';

const BarsPicture = lazy(() =>
  import('./pictures/BarsPicture').then(m => ({ default: m.BarsPicture })),
);

/**
 * One bar.
 *
 * @public
 */
export interface ChartBar {
  id: string;
  label: string;
  value: number;
}

const BAR_PX = 30;
const FRAME_PX = 8;

/**
 * What a picture of bars shows, in a sentence.
 *
 * @public
 */
export function barsText(bars: ChartBar[], unit: ChartUnit): string {
  if (bars.length === 0) return 'Nothing to show.';
  const most = bars.reduce((a, b) => (b.value > a.value ? b : a));
  const total = bars.reduce((sum, { value }) => sum + value, 0);
  if (bars.length === 1) return `${most.label}: ${unit.text(most.value)}.`;
  const share =
    unit.adds && total > 0
      ? `, ${Math.round((most.value / total) * 100)} % of ${unit.text(total)}`
      : '';
  return `Most: ${most.label} with ${unit.text(most.value)}${share}.`;
}

/**
 * Things beside each other as horizontal bars, in the order given.
 *
 * @public
 */
export function BarsFigure(
  props: FigureFrame & {
    bars: ChartBar[];
    unit: ChartUnit;
    /** What the bars are, as the table's first header, e.g. `Team`. */
    of: string;
    /** What the numbers are, as the table's second header, e.g. `Calls`. */
    measure: string;
    /** The label in the table, e.g. as a link. */
    renderLabel?: (bar: ChartBar) => ReactNode;
    /** Further columns of the table. */
    columns?: Column<ChartBar>[];
    description?: string;
  },
) {
  const { bars, unit, of, measure, renderLabel, columns = [] } = props;
  return (
    <Figure
      {...props}
      isEmpty={bars.length === 0}
      height={bars.length * BAR_PX + FRAME_PX}
      description={props.description ?? barsText(bars, unit)}
      picture={
        <BarsPicture
          bars={bars}
          unit={unit}
          height={bars.length * BAR_PX + FRAME_PX}
        />
      }
      table={
        <FigureTable
          label={props.title}
          rows={bars}
          rowKey={({ id }) => id}
          columns={[
            { header: of, render: bar => renderLabel?.(bar) ?? bar.label },
            {
              header: `${measure} (${unit.name})`,
              numeric: true,
              render: ({ value }) => unit.figure(value),
            },
            ...columns,
          ]}
        />
      }
    />
  );
}
