/** Outlines of markers around a point, in the order of the series. */
const outlines: Array<(x: number, y: number, r: number) => string> = [
  (x, y, r) =>
    `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`,
  (x, y, r) => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
  (x, y, r) => `M${x},${y - r * 1.2}L${x + r * 1.2},${y + r}H${x - r * 1.2}z`,
  (x, y, r) =>
    `M${x},${y - r * 1.3}L${x + r * 1.3},${y}L${x},${y + r * 1.3}L${
      x - r * 1.3
    },${y}z`,
  (x, y, r) =>
    `M${x - r},${y - r}L${x + r},${y + r}M${x - r},${y + r}L${x + r},${y - r}`,
  (x, y, r) => `M${x - r * 1.2},${y}h${r * 2.4}M${x},${y - r * 1.2}v${r * 2.4}`,
];

/** The marker of the n-th series. */
export function Mark(props: {
  kind: number;
  x: number;
  y: number;
  colour: string;
  size?: number;
}) {
  const { kind, x, y, colour, size = 3 } = props;
  return (
    <path
      d={outlines[kind % outlines.length](x, y, size)}
      fill={colour}
      stroke={colour}
      strokeWidth={1.5}
    />
  );
}

/** What fills bars and areas of the n-th series, besides its colour. */
export function FillPattern(props: {
  id: string;
  kind: number;
  colour: string;
  paper: string;
}) {
  const { id, kind, colour, paper } = props;
  const strokes = [
    undefined,
    'M-1,7L7,-1M-1,1L1,-1M5,7L7,5',
    'M3,0V6',
    'M0,3H6',
    'M-1,7L7,-1M-1,-1L7,7',
    'M3,2V4M0,0',
  ][kind % 6];
  return (
    <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse">
      <rect width={6} height={6} fill={colour} />
      {strokes && <path d={strokes} stroke={paper} strokeWidth={1.4} />}
    </pattern>
  );
}
