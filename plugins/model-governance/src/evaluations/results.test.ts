import { earlier, evaluation, PACK } from '../__testUtils__/evaluations';
import {
  comparisonSentence,
  differenceIntervalText,
  differenceText,
} from '../approval/evaluationRun/words';
import { domainOf } from '../approval/evaluationRun/Scale';
import { costText } from './PreviewFacts';
import { failedCasesText } from './ResultDetails';
import {
  byPack,
  criterionText,
  metricTitle,
  targetsOf,
  visibleText,
} from './results';
import { bySlicedFigure } from './Slices';
import { trendOf } from './trendOf';

const versions = ['1.0', '1.1', '1.2'];

describe('results by pack', () => {
  it('show the newest version of the model first, whatever was measured last', () => {
    const late = earlier({ finishedAt: '2026-12-01T09:00:00Z' });
    const [pack] = byPack([late, evaluation()], versions);
    expect(pack.newest.id).toBe('r1');
    expect(pack.results.map(({ id }) => id)).toEqual(['r1', 'r0']);
  });

  it('show no withdrawn result where there is another', () => {
    const [pack] = byPack(
      [evaluation({ isWithdrawn: true }), earlier()],
      versions,
    );
    expect(pack.newest.id).toBe('r0');
  });

  it('keep packs of the catalog and suites of pipelines apart', () => {
    const suite = evaluation({
      id: 'x',
      pack: { name: 'mmlu', standing: 'not-in-catalog' },
    });
    expect(
      byPack([suite, evaluation()], versions).map(({ key, title }) => [
        key,
        title,
      ]),
    ).toEqual([
      ['mmlu', 'mmlu'],
      [PACK, 'Support tickets'],
    ]);
  });
});

it('criteria come before what is only shown, and each number once', () => {
  const targets = targetsOf(
    evaluation({
      criteria: [
        ...evaluation().criteria,
        {
          metric: 'label',
          slice: 'channel=chat',
          atLeast: 0.7,
          standing: 'not-measured',
        },
        {
          metric: 'request_latency',
          statistic: 'p95',
          atMost: 20,
          value: 12.34,
          standing: 'met',
        },
      ],
    }),
  );
  expect(
    targets.map(({ title, slice, direction, target, unit }) => [
      title,
      slice,
      direction,
      target,
      unit,
    ]),
  ).toEqual([
    ['Accuracy', undefined, 'at-least', 0.85, 'ratio'],
    ['Accuracy', 'channel=chat', 'at-least', 0.7, '1'],
    ['Request latency, p95', undefined, 'at-most', 20, 'ms'],
  ]);
  expect(new Set(targets.map(({ id }) => id)).size).toBe(targets.length);
});

describe('a trend', () => {
  it('goes from the old to the new version and names what is asked', () => {
    const [trend, ...more] = trendOf([evaluation(), earlier()]);
    expect(more).toEqual([]);
    expect(trend.title).toBe('Accuracy');
    expect(trend.limit).toEqual({ at: 0.85, direction: 'at-least' });
    expect(
      trend.points.map(({ modelVersion, value }) => [modelVersion, value]),
    ).toEqual([
      ['1.1', 0.74],
      ['1.2', 0.91],
    ]);
  });

  it('marks what was measured with other cases', () => {
    const { pack } = evaluation();
    const [trend] = trendOf([
      evaluation(),
      earlier({ pack: { ...pack, version: '0.9.0', digest: 'sha256:d' } }),
    ]);
    expect(trend.points.map(({ isOther }) => isOther)).toEqual([true, false]);
  });

  it('takes the result of the pack that counts, where a version has two', () => {
    const { pack } = evaluation();
    const old = earlier({
      id: 'old',
      pack: { ...pack, version: '0.9.0' },
    });
    const [trend] = trendOf([evaluation(), old, earlier()]);
    expect(trend.points.map(({ id }) => id)).toEqual(['r0', 'r1']);
  });

  it('is not drawn of one version, nor of what was withdrawn', () => {
    expect(trendOf([evaluation()])).toEqual([]);
    expect(trendOf([evaluation(), earlier({ isWithdrawn: true })])).toEqual([]);
    expect(trendOf([])).toEqual([]);
  });
});

it('what every run measures has a name in words', () => {
  expect(metricTitle({ name: 'error_rate', statistic: 'rate' })).toBe(
    'Cases without an answer',
  );
  expect(metricTitle({ name: 'ttft', statistic: 'p95', title: 'ttft' })).toBe(
    'Time to the first token, p95',
  );
  expect(metricTitle({ name: 'my_metric' })).toBe('my_metric');
  expect(criterionText({ metric: 'request_latency', atMost: 3000 })).toBe(
    'at most 3000 ms',
  );
});

it.each([
  ['plain\ntext\twith tab', 'plain\ntext\twith tab'],
  ['windows\r\nline', 'windows\nline'],
  ['pay \u202ecod.exe', 'pay \\u{202e}cod.exe'],
  ['a\u200bb\u0007', 'a\\u{200b}b\\u{0007}'],
  ['tag \u{e0041}', 'tag \\u{e0041}'],
  ['<b>Größe 漢字</b>', '<b>Größe 漢字</b>'],
])('shows what hides in %j', (text, shown) =>
  expect(visibleText(text)).toBe(shown),
);

it.each([
  [-0.09, 'ratio', '9 points worse'],
  [0.01, 'ratio', '1 point better'],
  [0, 'ratio', 'the same'],
  [-12.5, 'ms', '12.5 ms worse'],
  [0.25, '1', '0.25 better'],
])('a difference of %d %s is %s', (difference, unit, text) =>
  expect(differenceText(difference, unit)).toBe(text),
);

it.each([
  [[-0.14, -0.04], 'ratio', '4 to 14 points worse'],
  [[0.1, 0.24], 'ratio', '10 to 24 points better'],
  [[-0.02, 0.03], 'ratio', '2 points worse to 3 points better'],
  [[0, 0.03], 'ratio', 'the same to 3 points better'],
  [[1.5, 12], 'ms', '1.5 to 12 ms better'],
] as Array<[[number, number], string, string]>)(
  'the interval %j in %s is %s',
  (interval, unit, text) =>
    expect(differenceIntervalText({ interval, unit })).toBe(text),
);

it('shows slices of what is asked for first', () => {
  const sliced = (name: string, title: string) => ({
    name,
    title,
    unit: 'ratio',
    value: 0.8,
    slice: 'channel=chat',
  });
  const figures = bySlicedFigure({
    criteria: [
      { metric: 'label', slice: 'channel=chat', atLeast: 0.7, standing: 'met' },
    ],
    metrics: [sliced('label.f1', 'F1'), sliced('label', 'Accuracy')],
  });
  expect([...figures.keys()]).toEqual(['Accuracy', 'F1']);
});

it.each([
  ['worse', 0.02, 'significantly worse by more than 2 points'],
  ['worse', 0, 'significantly worse:'],
  ['better', 0.02, 'significantly better.'],
  ['not-worse', 0.02, 'shown not to be worse by more than 2 points.'],
  ['unclear', 0.02, 'worse by more than 2 points cannot be told from 40'],
] as const)(
  '%s with a margin of %d is said as “%s”',
  (standing, margin, text) =>
    expect(
      comparisonSentence({ standing, margin, unit: 'ratio', pairs: 40 }),
    ).toContain(text),
);

it.each([
  [{ amount: 0, currency: 'USD' }, '0.00 USD'],
  [{ amount: 0.00001, currency: 'USD' }, 'less than 0.0001 USD'],
  [{ amount: 0.0123, currency: 'EUR' }, '0.0123 EUR'],
  [{ amount: 1234.567, currency: 'USD' }, '1,234.57 USD'],
])('%j costs %s', (cost, text) => expect(costText(cost)).toBe(text));

it('scales of shares are alike, and hold what goes below zero', () => {
  expect(domainOf([0.2, 0.4], { unit: 'ratio' })).toEqual([0, 1]);
  const [low, high] = domainOf([-0.2, 0.4], { unit: '1' }) ?? [0, 0];
  expect(low).toBeLessThan(-0.2);
  expect(high).toBeGreaterThan(0.4);
  expect(domainOf([0, undefined], { unit: 'ms' })).toBeUndefined();
});

it('lists failed cases by category, each once', () => {
  expect(
    failedCasesText({
      failedCases: [
        { caseId: 'a', metric: 'leak', category: 'data-leak' },
        { caseId: 'a', metric: 'refusal', category: 'data-leak' },
        { caseId: 'b', metric: 'label' },
      ],
    }),
  ).toBe('Data leak: a. b');
});
