import { durationsOf, histogramsOf, increasesOf } from './increases';

const series = (
  values: Array<number | string>,
  labels: Record<string, string> = {},
) => ({
  metric: labels,
  values: values.map((it, n): [number, string] => [n * 60, String(it)]),
});

describe('increasesOf', () => {
  it.each([
    [
      'rises',
      [10, 12, 12, 20],
      0,
      [
        [60, 2],
        [180, 8],
      ],
    ],
    [
      'counts from 0 after a reset',
      [10, 12, 3, 4],
      0,
      [
        [60, 2],
        [120, 3],
        [180, 1],
      ],
    ],
    ['does not count what it showed at first', [1000], -1, []],
    [
      'counts after a moment only, from before it',
      [10, 12, 15],
      60,
      [[120, 3]],
    ],
    ['passes over what is no number', [10, 'NaN', 14], 0, [[120, 4]]],
  ])('%s', (_, values, after, expected) => {
    expect([...increasesOf(series(values), after)]).toEqual(expected);
  });
});

describe('durationsOf', () => {
  const buckets = [
    series([0, 1, 1], { le: '0.1', model: 'a' }),
    series([0, 4, 4], { le: '0.4', model: 'a' }),
    series([0, 5, 7], { le: '+Inf', model: 'a' }),
  ];

  it('puts each into the middle of its bucket, and what is beyond at the last bound', () => {
    const found = durationsOf([...buckets].reverse(), 0);
    expect([...found.keys()]).toEqual([60, 120]);
    expect(found.get(60)?.map(([, calls]) => calls)).toEqual([1, 3, 1]);
    expect(found.get(60)?.map(([ms]) => Math.round(ms))).toEqual([
      50, 200, 400,
    ]);
    expect(found.get(120)).toEqual([[400, 2]]);
  });

  it('counts anew when all buckets begin again', () => {
    const reset = [
      series([9, 1], { le: '1' }),
      series([30, 2], { le: '+Inf' }),
    ];
    expect(durationsOf(reset, 0).get(60)).toEqual([
      [500, 1],
      [1_000, 1],
    ]);
  });

  it('keeps histograms apart that differ in more than a bound', () => {
    const other = series([0], { le: '0.1', model: 'b' });
    expect(histogramsOf([...buckets, other]).map(it => it.length)).toEqual([
      3, 1,
    ]);
  });
});
