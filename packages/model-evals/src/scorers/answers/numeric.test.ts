import fc from 'fast-check';
import type { Json } from '../../pack/types';
import { aggregated, scored } from '../__testUtils__/scored';
import { scorerOf } from '../registry';
import { numbersIn } from '../text/numbers';

const values = (text: string, locale?: string) =>
  numbersIn(text, locale).map(it => it.value);

it.each<[string, string, number[]]>([
  ['en', 'The total is $1,234,567.50.', [1234567.5]],
  ['en', '72 eggs / 3 = 24', [72, 3, 24]],
  ['en', '#### 1,080', [1080]],
  ['en', 'minus: -5, −7 and 3-2', [-5, -7, 3, 2]],
  ['en', '.5 and 0.25', [0.5, 0.25]],
  ['en', '1.5e3, 6.02 × 10^23 and 2*10^-3', [1500, 6.02e23, 0.002]],
  ['en', '1,2,3', [1, 2, 3]],
  ['en', '12,34,567', [1234567]],
  ['en', 'GPT4 and B12 are no numbers, 7 is', [7]],
  ['en', '1\u202f234', [1234]],
  ['en', '1 234', [1, 234]],
  ['en', '٣٫ and १२ and ４２', [3, 12, 42]],
  ['en', 'version 1.2.3', [1.2]],
  ['en', '$-3.50 or -$4', [-3.5, -4]],
  ['de', '1.234.567,5 € und 3,25', [1234567.5, 3.25]],
  ['de', '1.5', [1, 5]],
  ['fr', '1\u202f234,5 et 10 000', [1234.5, 10000]],
  ['de-CH', "1'234.50 und 2’000", [1234.5, 2000]],
  ['es', '12.345,6', [12345.6]],
])('reads numbers of %s in %j', (locale, text, wanted) => {
  expect(values(text, locale)).toEqual(wanted);
});

it('reads back what Intl writes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('en', 'de', 'fr', 'pt-BR', 'de-CH', 'en-IN'),
      fc.integer({ min: -1e12, max: 1e12 }),
      (locale, whole) => {
        const value = whole / 100;
        const text = new Intl.NumberFormat(locale, {
          minimumFractionDigits: 2,
        }).format(value);
        expect(values(`It is ${text}.`, locale)).toEqual([value + 0]);
      },
    ),
  );
});

const score = (
  expected: Json,
  text: string,
  params: Record<string, Json> = {},
) => scored('numeric', { expected, text, params });

it.each<[Json, string, Record<string, Json>, number]>([
  [24, '72 / 3 = 24.', {}, 1],
  [24, '24 is 72 / 3', {}, 0],
  [24, '24 is 72 / 3', { take: 'first' }, 1],
  [24, '24 is 72 / 3', { take: 'any' }, 1],
  [24, '24 is 72 / 3', { take: 'only' }, 0],
  [24, '24, yes 24', { take: 'only' }, 1],
  [3.14, '3.14159', {}, 0],
  [3.14, '3.14159', { absolute: 0.01 }, 1],
  [1000, '1009', { relative: 0.01 }, 1],
  [1000, '1011', { relative: 0.01 }, 0],
  [0.1, '0.30000000000000004 - 0.2 = 0.10000000000000003', {}, 1],
  [[1, 2], '2', {}, 1],
  ['1,234', '1234', {}, 1],
  ['1.234', '1234', { locale: 'de' }, 1],
  [45, '45 %', {}, 1],
  [0.45, '45%', { percent: 'fraction' }, 1],
  ['45%', '0.45', { percent: 'fraction' }, 1],
  [7, 'The answer is 7, since 3 + 4', { extract: 'answer is (\\S+)' }, 1],
])('%j and %j with %j', async (expected, text, params, wanted) => {
  expect((await score(expected, text, params)).value).toBe(wanted);
});

it('says what came instead, and how far off it is', async () => {
  const scores = [
    await score(10, '12'),
    await score(10, '10'),
    await score(1, 'no'),
  ];
  expect(scores).toEqual([
    { value: 0, parts: { off: 2 }, failure: 'Expected 10, got 12.' },
    { value: 1, parts: { off: 0 } },
    { value: 0, failure: 'Expected 1, got no number: “no”.' },
  ]);
  expect(aggregated('numeric', 'mae', scores)).toBe(1);
  expect(aggregated('numeric', 'mae', [{ value: 0 }])).toBeUndefined();
});

it('ends in time on whatever comes', async () => {
  const started = performance.now();
  await score(1, '1,22'.repeat(30_000));
  await score(1, '1'.repeat(100_000));
  await score(1, '1 '.repeat(50_000), { locale: 'fr' });
  expect(performance.now() - started).toBeLessThan(3_000);
});

it('says what it cannot take', () => {
  const { problem, caseProblem } = scorerOf('numeric')!;
  expect(problem?.({ absolute: -1 })).toBe(
    'params.absolute must be a number from 0',
  );
  expect(problem?.({ locale: 'x-y-z-nowhere' })).toContain('must be a locale');
  expect(problem?.({ take: 'middle' })).toContain('one of last, first');
  const lacks = (expected: Json) =>
    caseProblem?.({ id: '1', input: '', expected }, {});
  expect(lacks('none')).toContain('must be a number');
  expect(lacks('12')).toBeUndefined();
});
