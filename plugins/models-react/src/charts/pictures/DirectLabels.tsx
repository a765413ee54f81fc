import { usePlotArea, useYAxisScale } from 'recharts';
import { Mark } from '../marks';
import { placeLabels } from './labels';

const LINE_PX = 15;

/** One name at the end of a line. */
export interface EndLabel {
  id: string;
  label: string;
  /** The last value that is known. */
  value: number;
  colour: string;
  kind: number;
  marked: boolean;
}

/** Names beside the ends of lines, so that nobody has to match colours. */
export function DirectLabels(props: { labels: EndLabel[]; ink: string }) {
  const area = usePlotArea();
  const scale = useYAxisScale();
  if (!area || !scale) return null;
  const x = area.x + area.width + 10;
  const placed = placeLabels(
    props.labels.flatMap(label => {
      const y = scale(label.value);
      return y === undefined ? [] : [{ ...label, y }];
    }),
    { top: area.y, bottom: area.y + area.height, height: LINE_PX },
  );
  return (
    <g>
      {placed.map(({ id, label, y, colour, kind, marked }) => (
        <g key={id}>
          {marked && <Mark kind={kind} x={x} y={y} colour={colour} />}
          <text x={x + 9} y={y + 4} fontSize={12} fill={props.ink}>
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}
