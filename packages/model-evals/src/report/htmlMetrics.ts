import {
  differencesChart,
  histogram,
  rowsChart,
  type ChartRow,
} from './charts';
import { html } from './escape';
import { figure, table, type Cell } from './htmlTable';
import { bare, plural, quantity, signed, signedSpan, span } from './numbers';
import type { MetricRow, ResultView } from './view';
import { pValue, remarks, STANDINGS, threshold, verdict } from './words';

/** The scale that a value is drawn on: 0 to 1 of a ratio, else to what is most. */
function scaleOf(row: MetricRow): { from: number; to: number } {
  const { criterion, incumbent, interval, unit, value } = row;
  const all = [
    value,
    ...(interval ?? []),
    ...(incumbent ? [incumbent.value] : []),
    ...Object.values(criterion ?? {}),
  ];
  const most = all.reduce((a, b) => Math.max(a, b), 0);
  const least = all.reduce((a, b) => Math.min(a, b), 0);
  if (unit === 'ratio' && most <= 1 && least >= 0) return { from: 0, to: 1 };
  return { from: least * 1.1, to: most * 1.1 || 1 };
}

function chartRow(row: MetricRow): ChartRow {
  const limit = row.criterion?.atLeast ?? row.criterion?.atMost;
  return {
    label: row.title,
    value: row.value,
    shown: quantity(row.value, row.unit),
    interval: row.interval,
    ...(limit !== undefined && { limit }),
    ...(row.incumbent && { other: row.incumbent.value }),
    ...scaleOf(row),
    mark: 'bar',
  };
}

const inWords = (row: MetricRow) =>
  [
    `${row.title} ${quantity(row.value, row.unit)}`,
    ...(row.criterion ? [threshold(row)] : []),
    ...(row.incumbent
      ? [`incumbent ${quantity(row.incumbent.value, row.unit)}`]
      : []),
  ].join(', ');

/** Bars against thresholds and incumbent, with their table. */
export function metricSection(
  view: ResultView,
  rows: MetricRow[],
  {
    id,
    heading,
    isWithCriteria = false,
  }: { id: string; heading: string; isWithCriteria?: boolean },
): string {
  const missing = isWithCriteria ? view.notMeasured : [];
  if (rows.length + missing.length === 0) return '';
  const hasIncumbent = rows.some(it => it.incumbent);
  const hasLimits = rows.some(it => it.criterion);
  const number = (text: string): Cell => ({ text, isNumber: true });
  const cells = rows.map(row => {
    const said = verdict(row);
    return [
      { text: row.title, isHeader: true },
      number(quantity(row.value, row.unit)),
      number(row.interval ? span(row.interval, row.unit) : ''),
      ...(hasLimits
        ? [
            { text: threshold(row) },
            { text: said?.words ?? '', kind: said?.kind },
          ]
        : []),
      ...(hasIncumbent
        ? [number(row.incumbent ? quantity(row.incumbent.value, row.unit) : '')]
        : []),
      number(row.samples === undefined ? '' : String(row.samples)),
    ];
  });
  const legend = [
    'bar: this model, with its interval',
    ...(hasLimits ? ['dashed line: what is asked'] : []),
    ...(hasIncumbent ? ['diamond: the incumbent'] : []),
  ].join('; ');
  return [
    `<h3 id="${id}">${html(heading)}</h3>`,
    rows.length > 0
      ? figure(
          rowsChart(
            {
              id: `${id}-chart`,
              title: `${heading} of ${view.result.model}`,
              description: `${rows.map(inWords).join('; ')}.`,
            },
            rows.map(chartRow),
          ),
          `${legend[0].toUpperCase()}${legend.slice(1)}.`,
        )
      : '',
    missing.length > 0
      ? `<p class="bad">Not measured, though asked: ${html(
          missing
            .map(it => (it.slice ? `${it.metric} of ${it.slice}` : it.metric))
            .join(', '),
        )}.</p>`
      : '',
    rows.length > 0
      ? table({
          caption: `${heading} in figures`,
          columns: [
            { title: 'Metric' },
            { title: 'Value', isNumber: true },
            { title: 'Interval', isNumber: true },
            ...(hasLimits ? [{ title: 'Asked' }, { title: 'Verdict' }] : []),
            ...(hasIncumbent ? [{ title: 'Incumbent', isNumber: true }] : []),
            { title: 'Cases', isNumber: true },
          ],
          rows: cells,
        })
      : '',
  ].join('');
}

/** The other numbers of the scorers: a table behind a click. */
export function moreSection(view: ResultView): string {
  if (view.more.length === 0) return '';
  const hasIncumbent = view.more.some(it => it.incumbent);
  const number = (text: string): Cell => ({ text, isNumber: true });
  return `<details class="figures"><summary>${plural(
    view.more.length,
    'more metric',
  )}</summary>${table({
    caption: 'Other metrics of the same scorers',
    columns: [
      { title: 'Metric' },
      { title: 'Value', isNumber: true },
      { title: 'Interval', isNumber: true },
      ...(hasIncumbent ? [{ title: 'Incumbent', isNumber: true }] : []),
    ],
    rows: view.more.map(row => [
      { text: row.title, isHeader: true },
      number(quantity(row.value, row.unit)),
      number(row.interval ? span(row.interval, row.unit) : ''),
      ...(hasIncumbent
        ? [number(row.incumbent ? quantity(row.incumbent.value, row.unit) : '')]
        : []),
    ]),
  })}</details>`;
}

/** Safety cases by what they are about. */
export function categorySection({ categories, result }: ResultView): string {
  if (categories.length === 0) return '';
  const measures = Object.keys(result.cases.scores).map(
    name => result.measures[name],
  );
  return `<h3>By category</h3>${table({
    caption: 'Means of the scores, by category',
    columns: [
      { title: 'Category' },
      ...measures.map(it => ({ title: it.title, isNumber: true })),
      { title: 'Cases', isNumber: true },
    ],
    rows: categories.map(({ category, cases, means }) => [
      { text: category, isHeader: true },
      ...means.map((value, index) => ({
        text: value === undefined ? '' : quantity(value, measures[index].unit),
        isNumber: true,
      })),
      { text: String(cases), isNumber: true },
    ]),
  })}`;
}

/** Differences from the incumbent, case by case. */
export function comparisonSection(view: ResultView, id: string): string {
  const { comparisons, incumbent, notCompared } = view;
  if (notCompared) {
    return `<h3 id="${id}">Beside the incumbent</h3><p>${html(
      notCompared,
    )}</p>`;
  }
  if (comparisons.length === 0 || !incumbent) return '';
  const said = comparisons
    .map(
      it =>
        `${it.title} ${signed(it.difference, it.unit)}, ${
          STANDINGS[it.standing].words
        }`,
    )
    .join('; ');
  return [
    `<h3 id="${id}">Beside the incumbent, ${html(incumbent.model)}</h3>`,
    figure(
      differencesChart(
        {
          id: `${id}-chart`,
          title: `${view.result.model} beside ${incumbent.model}`,
          description: `Differences on the same cases; a negative one is a loss. ${said}.`,
        },
        comparisons.map(it => ({
          label: it.title,
          value: it.difference,
          interval: it.interval,
          margin: it.margin,
          shown: signed(it.difference, it.unit),
        })),
      ),
      `Differences on the same cases, with intervals; what lies to the left is a loss${
        comparisons.some(it => it.margin > 0)
          ? '. Dashed line: how much may be lost'
          : ''
      }.`,
    ),
    table({
      caption: 'Differences in figures',
      columns: [
        { title: 'Metric' },
        { title: 'This model', isNumber: true },
        { title: 'Incumbent', isNumber: true },
        { title: 'Difference', isNumber: true },
        { title: 'Interval', isNumber: true },
        { title: 'May be lost', isNumber: true },
        { title: 'p', isNumber: true },
        { title: 'Verdict' },
        { title: 'Pairs', isNumber: true },
      ],
      rows: comparisons.map(it => [
        { text: it.title, isHeader: true },
        { text: quantity(it.candidate, it.unit), isNumber: true },
        { text: quantity(it.incumbent, it.unit), isNumber: true },
        { text: signed(it.difference, it.unit), isNumber: true },
        { text: signedSpan(it.interval, it.unit), isNumber: true },
        { text: quantity(it.margin, it.unit), isNumber: true },
        { text: pValue(it.adjustedPValue ?? it.pValue), isNumber: true },
        {
          text: STANDINGS[it.standing].words,
          kind: STANDINGS[it.standing].kind,
        },
        { text: String(it.pairs), isNumber: true },
      ]),
    }),
    ...remarks(comparisons).map(it => `<p class="quiet">${html(it)}</p>`),
  ].join('');
}

/** 10, not 10.0. */
const edge = (value: number, unit: string) =>
  bare(value, unit).replace(/\.0$/, '');

/** How the scores of single cases lie. */
export function distributionSection(view: ResultView, id: string): string {
  if (view.distributions.length === 0) return '';
  const charts = view.distributions.map((it, index) => {
    const { bins, samples, title, unit } = it;
    const hasIncumbent = bins.some(bin => bin.incumbent !== undefined);
    const label = ({ from, to }: { from: number; to: number }) =>
      `${edge(from, unit)}–${edge(to, unit)}`;
    return [
      figure(
        histogram(
          {
            id: `${id}-scores-${index}`,
            title: `Scores of single cases: ${title}`,
            description: `How many of ${plural(
              samples,
              'case',
            )} scored how much. ${bins
              .filter(bin => bin.count > 0)
              .map(bin => `${label(bin)}: ${bin.count}`)
              .join('; ')}.`,
          },
          bins.map(bin => ({ ...bin, label: label(bin) })),
        ),
        `${title}${unit === 'ratio' ? ', per cent' : ''}: cases by score${
          hasIncumbent ? '; lines: the incumbent' : ''
        }.`,
      ),
      `<details class="figures"><summary>Figures: ${html(title)}</summary>`,
      table({
        caption: `Cases by score: ${title}`,
        columns: [
          { title: 'Score' },
          { title: 'Cases', isNumber: true },
          ...(hasIncumbent ? [{ title: 'Incumbent', isNumber: true }] : []),
        ],
        rows: bins.map(bin => [
          { text: label(bin), isHeader: true },
          { text: String(bin.count), isNumber: true },
          ...(hasIncumbent
            ? [{ text: String(bin.incumbent ?? 0), isNumber: true }]
            : []),
        ]),
      }),
      '</details>',
    ].join('');
  });
  return `<h3>Scores of single cases</h3>${charts.join('')}`;
}
