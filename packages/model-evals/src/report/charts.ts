import { html } from './escape';

/** Who sees a picture by ear hears these. */
export interface Described {
  id: string;
  title: string;
  description: string;
}

/** A line of a chart: a value with its doubt on a scale of its own. */
export interface ChartRow {
  label: string;
  value: number;
  shown: string;
  interval?: [number, number];
  /** A line that must be reached, or not be passed. */
  limit?: number;
  other?: number;
  from: number;
  to: number;
  /** A bar begins at `from`; a dot stands by itself. */
  mark: 'bar' | 'dot';
}

const WIDTH = 760;
const LABELS = 250;
const TRACK = 380;
const ROW = 34;

const f = (value: number) => String(Math.round(value * 10) / 10);

function svg(
  { id, title, description }: Described,
  height: number,
  body: string,
): string {
  return `<svg viewBox="0 0 ${WIDTH} ${f(
    height,
  )}" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${html(
    title,
  )}</title><desc id="${id}-desc">${html(description)}</desc>${body}</svg>`;
}

/** Labels that do not fit are cut; the table has them whole. */
function cut(text: string, most = 34): string {
  const letters = [...text];
  return letters.length <= most
    ? text
    : `${letters.slice(0, most - 1).join('')}…`;
}

const line = (kind: string, x1: number, y1: number, x2: number, y2: number) =>
  `<path class="${kind}" d="M${f(x1)} ${f(y1)}L${f(x2)} ${f(y2)}"/>`;

const text = (kind: string, x: number, y: number, words: string) =>
  `<text class="${kind}" x="${f(x)}" y="${f(y)}">${html(words)}</text>`;

function whisker([low, high]: [number, number], y: number): string {
  return [
    line('own', low, y, high, y),
    line('own', low, y - 5, low, y + 5),
    line('own', high, y - 5, high, y + 5),
  ].join('');
}

const diamond = (x: number, y: number) =>
  `<path class="other" d="M${f(x)} ${f(y - 6)}L${f(x + 6)} ${f(y)}L${f(x)} ${f(
    y + 6,
  )}L${f(x - 6)} ${f(y)}Z"/>`;

/** Values one below the other. */
export function rowsChart(about: Described, rows: ChartRow[]): string {
  const body = rows.map((row, index) => {
    const y = index * ROW + ROW / 2 + 2;
    const width = row.to - row.from || 1;
    const at = (value: number) =>
      LABELS + Math.min(1, Math.max(0, (value - row.from) / width)) * TRACK;
    const x = at(row.value);
    return [
      text('', 0, y + 4, cut(row.label)),
      `<rect class="track" x="${LABELS}" y="${f(
        y - 9,
      )}" width="${TRACK}" height="18"/>`,
      row.mark === 'bar'
        ? `<rect class="bar" x="${LABELS}" y="${f(y - 9)}" width="${f(
            Math.max(0, x - LABELS),
          )}" height="18"/>`
        : `<circle class="dot" cx="${f(x)}" cy="${f(y)}" r="5"/>`,
      row.limit === undefined
        ? ''
        : line('limit', at(row.limit), y - 14, at(row.limit), y + 14),
      row.interval
        ? whisker([at(row.interval[0]), at(row.interval[1])], y)
        : '',
      row.other === undefined ? '' : diamond(at(row.other), y),
      text('', LABELS + TRACK + 12, y + 4, row.shown),
    ].join('');
  });
  return svg(about, rows.length * ROW + 4, body.join(''));
}

/** A difference from the incumbent: to the left of 0 is a loss. */
export interface DifferenceRow {
  label: string;
  value: number;
  interval: [number, number];
  margin: number;
  shown: string;
}

/** Differences with their doubt, around 0; each on a scale of its own. */
export function differencesChart(
  about: Described,
  rows: DifferenceRow[],
): string {
  const middle = LABELS + TRACK / 2;
  const height = rows.length * ROW + 26;
  const body = rows.map((row, index) => {
    const y = index * ROW + ROW / 2 + 22;
    const reach =
      [...row.interval, row.value, row.margin].reduce(
        (most, it) => Math.max(most, Math.abs(it)),
        0,
      ) * 1.1 || 1;
    const at = (value: number) => middle + (value / reach) * (TRACK / 2);
    return [
      text('', 0, y + 4, cut(row.label)),
      `<rect class="track" x="${LABELS}" y="${f(
        y - 9,
      )}" width="${TRACK}" height="18"/>`,
      row.margin > 0
        ? line('limit', at(-row.margin), y - 14, at(-row.margin), y + 14)
        : '',
      whisker([at(row.interval[0]), at(row.interval[1])], y),
      `<circle class="dot" cx="${f(at(row.value))}" cy="${f(y)}" r="5"/>`,
      text('', LABELS + TRACK + 12, y + 4, row.shown),
    ].join('');
  });
  return svg(
    about,
    height,
    [
      text('soft', LABELS, 12, '← worse'),
      text('soft mid', middle, 12, 'the same'),
      text('soft end', LABELS + TRACK, 12, 'better →'),
      ...body,
      line('axis', middle, 18, middle, height),
    ].join(''),
  );
}

/** How many cases scored how much; the incumbent's as an outline. */
export function histogram(
  about: Described,
  bins: Array<{ label: string; count: number; incumbent?: number }>,
): string {
  const most = bins.reduce(
    (all, it) => Math.max(all, it.count, it.incumbent ?? 0),
    1,
  );
  const tall = 130;
  const left = 40;
  const step = (WIDTH - left) / bins.length;
  const y = (count: number) => 16 + tall - (count / most) * tall;
  const body = bins.map(({ label, count, incumbent }, index) => {
    const x = left + index * step;
    return [
      `<rect class="bar" x="${f(x + 4)}" y="${f(y(count))}" width="${f(
        step - 8,
      )}" height="${f((count / most) * tall)}"/>`,
      incumbent === undefined
        ? ''
        : line('otherline', x + 2, y(incumbent), x + step - 2, y(incumbent)),
      count > 0 ? text('mid', x + step / 2, y(count) - 4, String(count)) : '',
      text('soft mid', x + step / 2, tall + 34, label),
    ].join('');
  });
  return svg(
    about,
    tall + 42,
    `${body.join('')}${line('axis', left, 16 + tall, WIDTH, 16 + tall)}`,
  );
}
