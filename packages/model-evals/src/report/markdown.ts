import { fenced, markdown } from './escape';
import { facts } from './facts';
import { gapsOf, leftOut } from './htmlFairness';
import { plural, quantity, signed, signedSpan, span } from './numbers';
import type { ReportInput } from './types';
import { viewOf, type MetricRow, type ResultView } from './view';
import { pValue, remarks, STANDINGS, threshold, verdict } from './words';

/**
 * The results as Markdown, for a comment on a pull request or a wiki: the same
 * as {@link reportHtml} says, in tables and with bars of characters. Texts of
 * models and packs are escaped; contents of cases are in blocks of code that no
 * text can end.
 *
 * @throws ComparisonError without a result
 * @public
 */
export function reportMarkdown(input: ReportInput): string {
  const view = viewOf(input);
  return `${[
    `# ${markdown(view.title)}`,
    view.summary.map(it => `- ${markdown(it)}`).join('\n'),
    ...view.sections.flatMap(sectionOf),
    `Intervals are at ${view.confidence * 100} %.`,
  ]
    .filter(Boolean)
    .join('\n\n')}\n`;
}

type Column = [title: string, isNumber?: boolean];

function table(columns: Column[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(([title]) => markdown(title))),
    line(columns.map(([, isNumber]) => (isNumber ? '---:' : '---'))),
    ...rows.map(row => line(row.map(markdown))),
  ].join('\n');
}

/** A share as ten characters, with where it has to be. */
function bar({ unit, value }: MetricRow): string {
  if (unit !== 'ratio' || value < 0 || value > 1) return '';
  const full = Math.round(value * 10);
  return '█'.repeat(full) + '░'.repeat(10 - full);
}

function sectionOf(view: ResultView): string[] {
  return [
    `## ${markdown(view.heading)}`,
    facts(view).line.map(markdown).join(' · '),
    ...metrics('Metrics', view.quality),
    view.notMeasured.length > 0
      ? `**Not measured, though asked:** ${markdown(
          view.notMeasured.map(it => it.metric).join(', '),
        )}`
      : '',
    ...more(view),
    ...comparisons(view),
    ...fairness(view),
    ...categories(view),
    ...metrics('Speed', view.speed),
    ...metrics('Cost', view.cost),
    ...failures(view),
    ...settings(view),
  ];
}

function metrics(heading: string, rows: MetricRow[]): string[] {
  if (rows.length === 0) return [];
  const hasBars = rows.some(it => bar(it) !== '');
  const hasLimits = rows.some(it => it.criterion);
  const hasIncumbent = rows.some(it => it.incumbent);
  const columns: Column[] = [
    ['Metric'],
    ...(hasBars ? ([['']] as Column[]) : []),
    ['Value', true],
    ['Interval', true],
    ...(hasLimits ? ([['Asked'], ['Verdict']] as Column[]) : []),
    ...(hasIncumbent ? ([['Incumbent', true]] as Column[]) : []),
    ['Cases', true],
  ];
  return [
    `### ${heading}`,
    table(
      columns,
      rows.map(row => [
        row.title,
        ...(hasBars ? [bar(row)] : []),
        quantity(row.value, row.unit),
        row.interval ? span(row.interval, row.unit) : '',
        ...(hasLimits ? [threshold(row), verdict(row)?.words ?? ''] : []),
        ...(hasIncumbent
          ? [row.incumbent ? quantity(row.incumbent.value, row.unit) : '']
          : []),
        row.samples === undefined ? '' : String(row.samples),
      ]),
    ),
  ];
}

function more(view: ResultView): string[] {
  if (view.more.length === 0) return [];
  return [
    `<details><summary>${plural(view.more.length, 'more metric')}</summary>`,
    table(
      [['Metric'], ['Value', true], ['Interval', true], ['Incumbent', true]],
      view.more.map(({ incumbent, interval, title, unit, value }) => [
        title,
        quantity(value, unit),
        interval ? span(interval, unit) : '',
        incumbent ? quantity(incumbent.value, unit) : '',
      ]),
    ),
    '</details>',
  ];
}

function categories({ categories: all, result }: ResultView): string[] {
  if (all.length === 0) return [];
  const measures = Object.keys(result.cases.scores).map(
    name => result.measures[name],
  );
  return [
    '### By category',
    table(
      [
        ['Category'],
        ...measures.map(({ title }): Column => [title, true]),
        ['Cases', true],
      ],
      all.map(({ category, cases, means }) => [
        category,
        ...means.map((value, index) =>
          value === undefined ? '' : quantity(value, measures[index].unit),
        ),
        String(cases),
      ]),
    ),
  ];
}

function comparisons(view: ResultView): string[] {
  const heading = '### Beside the incumbent';
  if (view.notCompared) return [heading, markdown(view.notCompared)];
  if (view.comparisons.length === 0) return [];
  return [
    `${heading}, ${markdown(view.incumbent?.model ?? '')}`,
    table(
      [
        ['Metric'],
        ['This model', true],
        ['Incumbent', true],
        ['Difference', true],
        ['Interval', true],
        ['May be lost', true],
        ['p', true],
        ['Verdict'],
        ['Pairs', true],
      ],
      view.comparisons.map(it => [
        it.title,
        quantity(it.candidate, it.unit),
        quantity(it.incumbent, it.unit),
        signed(it.difference, it.unit),
        signedSpan(it.interval, it.unit),
        quantity(it.margin, it.unit),
        pValue(it.adjustedPValue ?? it.pValue),
        STANDINGS[it.standing].words,
        String(it.pairs),
      ]),
    ),
    ...remarks(view.comparisons).map(markdown),
  ];
}

function fairness(view: ResultView): string[] {
  return view.fairness.flatMap(it => {
    const hasRates = it.groups.some(group => group.selectionRate !== undefined);
    const rate = (value: number | undefined) =>
      value === undefined ? '' : quantity(value, 'ratio');
    return [
      `### By ${markdown(it.attribute)}`,
      table(
        [
          [it.attribute],
          [it.title, true],
          ['Interval', true],
          ...(hasRates
            ? ([
                ['Selected', true],
                ['True positives', true],
                ['False positives', true],
              ] as Column[])
            : []),
          ['Cases', true],
        ],
        it.groups.map(group => [
          group.group,
          group.value === undefined ? '' : quantity(group.value, it.unit),
          group.interval ? span(group.interval, it.unit) : '',
          ...(hasRates
            ? [
                rate(group.selectionRate),
                rate(group.truePositiveRate),
                rate(group.falsePositiveRate),
              ]
            : []),
          String(group.samples),
        ]),
      ),
      gapsOf(it)
        .map(
          ([name, gap, unit]) =>
            `- ${markdown(name)}: **${quantity(gap.value, unit)}** (${span(
              gap.interval,
              unit,
            )}), ${markdown(gap.between[0])} over ${markdown(gap.between[1])}`,
        )
        .join('\n'),
      markdown(leftOut(it)),
    ];
  });
}

function failures({ failures: all }: ResultView): string[] {
  if (all.length === 0) return [];
  return [
    '### Cases that went wrong',
    `<details><summary>${plural(all.length, 'case')}</summary>`,
    ...all.flatMap(it => [
      `**${markdown(it.caseId)}** · ${markdown(it.metric)}${
        it.category ? ` · ${markdown(it.category)}` : ''
      }`,
      fenced(
        [
          it.reason,
          ...(it.input === undefined ? [] : ['', 'Asked:', it.input]),
          ...(it.output === undefined ? [] : ['', 'Answered:', it.output]),
        ].join('\n'),
      ),
    ]),
    '</details>',
  ];
}

function settings(view: ResultView): string[] {
  const { settings: known, digests } = facts(view);
  return [
    '<details><summary>Settings and digests</summary>',
    table([['Setting'], ['Value']], [...known, ...digests]),
    '</details>',
  ];
}
