/** Bytes of a tensor, counted from where the tensors begin. */
export interface TensorSpan {
  name: string;
  start: number;
  end: number;
}

/** Where tensors lie, and where none does. */
export interface Layout {
  /** The first that ends beyond the file. */
  beyond?: TensorSpan;
  /** Those that begin within another. */
  overlapping: TensorSpan[];
  /** Bytes between and behind them. */
  gaps: Array<{ start: number; end: number }>;
}

/** Lays tensors out in `size` bytes; sorts them. */
export function layOut(spans: TensorSpan[], size: number): Layout {
  const layout: Layout = { overlapping: [], gaps: [] };
  let reached = 0;
  spans.sort((a, b) => a.start - b.start || a.end - b.end);
  for (const span of spans) {
    const { start, end } = span;
    if (end > size) layout.beyond ??= span;
    if (start < reached && end > start) layout.overlapping.push(span);
    if (start > reached) layout.gaps.push({ start: reached, end: start });
    reached = Math.max(reached, end);
  }
  if (reached < size) layout.gaps.push({ start: reached, end: size });
  return layout;
}
