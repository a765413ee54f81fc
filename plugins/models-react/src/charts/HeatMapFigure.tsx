import { Figure, type FigureFrame } from './Figure';
import { FigureTable } from './FigureTable';
import {
  type HeatCell,
  heatGrid,
  heatMapText,
  hours,
  hourText,
  weekdays,
} from './heat';
import { HeatMapPicture } from './pictures/HeatMapPicture';
import type { ChartUnit } from './units';

/**
 * When things happen in a week: weekday by hour, in UTC. The more, the larger
 * and the stronger a square.
 *
 * @public
 */
export function HeatMapFigure(
  props: FigureFrame & {
    cells: HeatCell[];
    unit: ChartUnit;
    description?: string;
  },
) {
  const { cells, unit } = props;
  const grid = heatGrid(cells);
  return (
    <Figure
      {...props}
      isEmpty={cells.every(({ value }) => value === 0)}
      height={190}
      description={props.description ?? heatMapText(cells, unit)}
      picture={<HeatMapPicture grid={grid} unit={unit} />}
      table={
        <FigureTable
          label={props.title}
          rows={hours}
          rowKey={String}
          columns={[
            { header: 'Hour (UTC)', tight: true, render: hourText },
            ...weekdays.map((weekday, index) => ({
              header: weekday,
              numeric: true,
              render: (hour: number) => unit.figure(grid[index][hour]),
            })),
          ]}
        />
      }
    />
  );
}
