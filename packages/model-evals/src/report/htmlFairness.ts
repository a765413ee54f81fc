import type { GroupGap } from '../statistics';
import { rowsChart } from './charts';
import { html } from './escape';
import { figure, table } from './htmlTable';
import { plural, quantity, span } from './numbers';
import type { AttributeView, ResultView } from './view';

/** The gaps of an attribute, each with its name. */
export function gapsOf(
  it: AttributeView,
): Array<[name: string, gap: GroupGap, unit: string]> {
  return [
    ...(it.gap
      ? ([[`Largest gap of ${it.title}`, it.gap, it.unit]] as Array<
          [string, GroupGap, string]
        >)
      : []),
    ...(it.demographicParity
      ? ([
          ['Demographic parity difference', it.demographicParity, 'ratio'],
        ] as Array<[string, GroupGap, string]>)
      : []),
    ...(it.equalisedOdds
      ? ([['Equalised odds difference', it.equalisedOdds, 'ratio']] as Array<
          [string, GroupGap, string]
        >)
      : []),
  ];
}

/** What is left out, and why. */
export function leftOut({ groups, unassigned = 0 }: AttributeView): string {
  const small = groups.filter(it => it.isTooSmall).map(it => it.group);
  return [
    ...(small.length > 0
      ? [`Too few cases to be compared: ${small.join(', ')}.`]
      : []),
    ...(unassigned > 0 ? [`${plural(unassigned, 'case')} in no group.`] : []),
  ].join(' ');
}

/** The groups of each attribute, and how far apart they are. */
export function fairnessSection(view: ResultView, id: string): string {
  if (view.fairness.length === 0) return '';
  return `<h3>By group</h3>${view.fairness
    .map((it, index) => attributeOf(view, it, `${id}-groups-${index}`))
    .join('')}`;
}

function attributeOf(
  { result }: ResultView,
  it: AttributeView,
  id: string,
): string {
  const measured = it.groups.filter(group => group.value !== undefined);
  const most = measured.reduce(
    (all, { value = 0, interval = [0, 0] }) =>
      Math.max(all, value, interval[1]),
    0,
  );
  const hasRates = it.groups.some(group => group.selectionRate !== undefined);
  const rate = (value: number | undefined) => ({
    text: value === undefined ? '' : quantity(value, 'ratio'),
    isNumber: true,
  });
  const gaps = gapsOf(it);
  const note = leftOut(it);
  return [
    figure(
      rowsChart(
        {
          id,
          title: `${it.title} by ${it.attribute}, ${result.model}`,
          description: `${measured
            .map(
              ({ group, value = 0, samples }) =>
                `${group} ${quantity(value, it.unit)} of ${plural(
                  samples,
                  'case',
                )}`,
            )
            .join('; ')}.`,
        },
        measured.map(({ group, value = 0, interval, isTooSmall }) => ({
          label: isTooSmall ? `${group} (few cases)` : group,
          value,
          shown: quantity(value, it.unit),
          interval,
          from: 0,
          to: it.unit === 'ratio' ? 1 : most * 1.1 || 1,
          mark: 'dot' as const,
        })),
      ),
      `${it.title} by ${it.attribute}, with intervals.`,
    ),
    table({
      caption: `${it.title} by ${it.attribute} in figures`,
      columns: [
        { title: it.attribute },
        { title: it.title, isNumber: true },
        { title: 'Interval', isNumber: true },
        ...(hasRates
          ? [
              { title: 'Selected', isNumber: true },
              { title: 'True positives', isNumber: true },
              { title: 'False positives', isNumber: true },
            ]
          : []),
        { title: 'Cases', isNumber: true },
      ],
      rows: it.groups.map(group => [
        { text: group.group, isHeader: true },
        {
          text: group.value === undefined ? '' : quantity(group.value, it.unit),
          isNumber: true,
        },
        {
          text: group.interval ? span(group.interval, it.unit) : '',
          isNumber: true,
        },
        ...(hasRates
          ? [
              rate(group.selectionRate),
              rate(group.truePositiveRate),
              rate(group.falsePositiveRate),
            ]
          : []),
        { text: String(group.samples), isNumber: true },
      ]),
    }),
    gaps.length > 0
      ? `<ul>${gaps
          .map(
            ([name, gap, unit]) =>
              `<li>${html(name)}: <strong>${html(
                quantity(gap.value, unit),
              )}</strong> (${html(span(gap.interval, unit))}), ${html(
                gap.between[0],
              )} over ${html(gap.between[1])}</li>`,
          )
          .join('')}</ul>`
      : '',
    note ? `<p class="quiet">${html(note)}</p>` : '',
  ].join('');
}
