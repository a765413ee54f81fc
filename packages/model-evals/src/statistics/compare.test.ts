import type { EvaluationResult } from '@modelhub/governance-protocol';
import { measure, resultOf } from '../__testUtils__/result';
import { compareMetric, compareResults } from './compare';
import { holm } from './holm';
import { comparePairs } from './pairs';
import { casesFor, powerOf } from './power';
import { randomOf } from './random';

const random = randomOf(17);
const normal = () =>
  Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
const many = <T>(count: number, of: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => of(index));
const bits = (text: string) => [...text].map(Number);
const metric = 'exact';

describe('two results', () => {
  const candidate = resultOf({
    [metric]: bits('1'.repeat(60) + '0'.repeat(40)),
  });
  const incumbent = resultOf({
    [metric]: bits('1'.repeat(80) + '0'.repeat(20)),
  });

  it('are compared case by case', () => {
    const found = compareMetric(candidate, incumbent, { metric, margin: 0.05 });
    expect(found).toMatchObject({
      metric,
      pairs: 100,
      unpaired: 0,
      basis: 'cases',
      candidate: 0.6,
      incumbent: 0.8,
      direction: 'higher',
      unit: 'ratio',
      margin: 0.05,
      confidence: 0.95,
      standing: 'worse',
    });
    expect(found.difference).toBeCloseTo(-0.2, 12);
    expect(found.interval[0]).toBeGreaterThan(-0.3);
    expect(found.interval[1]).toBeLessThan(-0.12);
    expect(found.pValue).toBeLessThan(0.001);
  });

  it('the other way round are better', () => {
    const found = compareMetric(incumbent, candidate, { metric, margin: 0.05 });
    expect(found.standing).toBe('better');
    expect(found.pValue).toBeGreaterThan(0.9);
  });

  it('that say the same are within a margin that the cases can show', () => {
    expect(
      compareMetric(candidate, candidate, { metric, margin: 0.1 }).standing,
    ).toBe('not-worse');
    expect(
      compareMetric(candidate, candidate, { metric, margin: 0.01 }).standing,
    ).toBe('unclear');
    expect(compareMetric(candidate, candidate, { metric }).standing).toBe(
      'unclear',
    );
  });

  it('pair by the ids of cases, whatever their order, and say how many did not', () => {
    const other: EvaluationResult = resultOf(
      { [metric]: [null, 1, 0, 1, 1] },
      { cases: { ids: ['x', 'case-4', 'case-3', 'case-2', 'case-1'] } },
    );
    const found = compareMetric(
      resultOf({ [metric]: [1, 0, 0, null, 1] }),
      other,
      { metric },
    );
    // case-1, case-2, case-3; case-5 here and case-4 there are alone.
    expect(found).toMatchObject({ pairs: 3, unpaired: 2 });
    expect(found.candidate).toBeCloseTo(1 / 3, 12);
    expect(found.incumbent).toBeCloseTo(2 / 3, 12);
  });

  it('of less is better turn round', () => {
    const slower = resultOf(
      { [metric]: many(40, () => 1) },
      { cases: { latencyMs: many(40, i => 200 + (i % 7) * 10) } },
    );
    const faster = resultOf(
      { [metric]: many(40, () => 1) },
      { cases: { latencyMs: many(40, i => 150 + (i % 5) * 10) } },
    );
    const found = compareMetric(slower, faster, {
      metric: 'request_latency',
      margin: 20,
    });
    expect(found).toMatchObject({
      direction: 'lower',
      unit: 'ms',
      standing: 'worse',
    });
    expect(found.difference).toBeCloseTo(found.incumbent - found.candidate, 9);
    expect(found.interval[1]).toBeLessThan(-20);
  });

  it('say that means stand for a metric that is more than a mean', () => {
    const bleu = { measures: { bleu: measure({ aggregate: 'own' as const }) } };
    const scores = many(30, i => (i % 10) / 10);
    expect(
      compareMetric(
        resultOf({ bleu: scores }, bleu),
        resultOf({ bleu: scores }, bleu),
        {
          metric: 'bleu',
          margin: 0.2,
        },
      ),
    ).toMatchObject({ basis: 'case-means', standing: 'not-worse' });
  });

  it('are made anew of labels where a metric is made of all of them', () => {
    const expected = many(120, i => 'abc'[i % 3]);
    const said = (wrong: number) =>
      expected.map((label, i) => (i % 10 < wrong ? 'a' : label));
    const of = (wrong: number) =>
      resultOf(
        { label: many(120, () => 1) },
        {
          measures: {
            label: measure(),
            'label.f1': measure({ aggregate: 'own' }),
          },
          cases: { labels: { expected, predicted: said(wrong) } },
        },
      );
    const found = compareMetric(of(4), of(1), { metric: 'label.f1' });
    expect(found).toMatchObject({ basis: 'labels', standing: 'worse' });
    // By hand: of 40 each, 'a' is said 40 + 28 and 40 + 8 times …
    const f1 = (a: number, others: number) => (a + 2 * others) / 3;
    const wrong = (count: number) =>
      expected.filter((label, i) => i % 10 < count && label !== 'a').length;
    const macro = (count: number) =>
      f1(
        80 / (80 + wrong(count)),
        (2 * (40 - wrong(count) / 2)) / (80 - wrong(count) / 2),
      );
    expect(found.candidate).toBeCloseTo(macro(4), 12);
    expect(found.incumbent).toBeCloseTo(macro(1), 12);
    expect(() =>
      compareMetric(of(4), of(1), { metric: 'label.positive_f1' }),
    ).toThrow('say which one as positiveLabel');
    expect(
      compareMetric(of(4), of(1), {
        metric: 'label.positive_f1',
        positiveLabel: 'b',
      }).standing,
    ).toBe('worse');
  });

  it('of other cases are refused, with what to do', () => {
    const other = resultOf(
      { [metric]: [1, 1] },
      {
        suite: { name: 'support-answers', version: '1.3.0' },
        pack: { type: 'quality', digest: 'sha256:cc', cases: 2 },
      },
    );
    expect(() => compareMetric(candidate, other, { metric })).toThrow(
      "The candidate's result is of support-answers 1.2.0, the incumbent's of support-answers 1.3.0. Only results of the same cases can be compared: run the older one's model again on the pack as it is now.",
    );
    expect(() =>
      compareMetric(
        candidate,
        { ...other, suite: candidate.suite },
        { metric },
      ),
    ).toThrow('the pack was not the same: its digest is sha256:aaa');
  });

  it.each([
    [{ metric: 'rougeL' }, "has no metric 'rougeL'. It has: exact"],
    [{ metric, margin: -0.1 }, 'is 0 or more'],
    [{ metric, margin: NaN }, 'is 0 or more'],
    [{ metric, confidence: 95 }, '0.95 for example'],
  ])('are not compared by %j', (options, message) => {
    expect(() => compareMetric(candidate, incumbent, options)).toThrow(message);
  });

  it('need two cases in common', () => {
    expect(() =>
      compareMetric(
        resultOf({ [metric]: [1, null] }),
        resultOf({ [metric]: [1, 1] }),
        {
          metric,
        },
      ),
    ).toThrow('Only one case has a score of exact in both results');
  });

  it('with a few pairs of other scores stay unclear', () => {
    const values = [0.1, 0.12, 0.09, 0.11, 0.1];
    expect(
      compareMetric(
        resultOf({ rouge: values }),
        resultOf({ rouge: values.map(it => it + 0.5 + it / 10) }),
        { metric: 'rouge' },
      ),
    ).toMatchObject({ standing: 'unclear', pValue: 1 });
  });

  it('in several metrics are judged after Holm’s correction', () => {
    const names = many(10, i => `m${i}`);
    const one = bits('1'.repeat(36) + '0'.repeat(4));
    // Seven losses, one gain: p is about 0.02.
    const worse = one.map((it, i) => (i < 7 || i === 39 ? 1 - it : it));
    const all = (of: number[]) =>
      resultOf(Object.fromEntries(names.map(name => [name, of])));
    expect(compareMetric(all(worse), all(one), { metric: 'm0' }).standing).toBe(
      'worse',
    );
    const many10 = compareResults(all(worse), all(one));
    expect(many10).toHaveLength(10);
    expect(many10[0].adjustedPValue).toBeCloseTo(many10[0].pValue * 10, 9);
    expect(many10[0].standing).toBe('unclear');
    expect(
      compareResults(all(worse), all(one), { metrics: [{ metric: 'm3' }] })[0],
    ).toMatchObject({ metric: 'm3', standing: 'worse' });
    expect(() => compareResults(all(one), resultOf({ other: one }))).toThrow(
      'no metric in common',
    );
  });
});

describe('the test of a regression', () => {
  const level = 0.05;

  /** How often differences of this shape are called worse by the margin. */
  function alarms(
    draw: () => number,
    margin: number,
    count: number,
    rounds: number,
  ) {
    let found = 0;
    for (let round = 0; round < rounds; round++) {
      const values = many(count, draw);
      const p = comparePairs(
        values,
        values.map(() => 0),
        { seed: round, resamples: 200 },
        1,
      ).below(-margin);
      if (p <= level) found += 1;
    }
    return found / rounds;
  }

  // 3 standard errors of 300 rounds above 5 %; `npm run bench -- evals` looks closer.
  const most = level + 3 * Math.sqrt((level * (1 - level)) / 300);

  it.each<[string, () => number, number, number]>([
    ['small differences', () => -0.03 + 0.15 * normal(), 0.03, 20],
    ['many ties', () => (random() < 0.8 ? 0 : 0.4 * normal()), 0, 20],
    [
      'rare losses',
      () => (random() < 0.1 ? -0.5 + 0.2 * normal() : 0),
      0.05,
      25,
    ],
    [
      'lopsided gains',
      () => -0.15 + (0.1 * Math.exp(0.5 * normal())) / Math.exp(0.125),
      0.05,
      25,
    ],
  ])('gives no more false alarms than stated: %s', (_, draw, margin, count) => {
    expect(alarms(draw, margin, count, 300)).toBeLessThan(most);
  });

  it('finds as many regressions as expected beforehand', () => {
    const found = alarms(() => -0.1 + 0.2 * normal(), 0.04, 60, 120);
    const expected = powerOf({
      loss: 0.1,
      margin: 0.04,
      spread: 0.2,
      cases: 60,
    });
    expect(expected).toBeCloseTo(0.752, 2);
    expect(Math.abs(found - expected)).toBeLessThan(0.13);
  });
});

describe('cases that it takes', () => {
  it('are enough for the power', () => {
    const loss = { loss: 0.05, margin: 0.02, discordance: 0.15 };
    const cases = casesFor(loss);
    expect(powerOf({ ...loss, cases })).toBeGreaterThanOrEqual(0.8);
    expect(powerOf({ ...loss, cases: cases - 1 })).toBeLessThan(0.8);
  });

  it('are never enough for a loss within the margin', () => {
    expect(() => casesFor({ loss: 0.02, margin: 0.02, spread: 1 })).toThrow(
      'within the margin',
    );
    expect(() => powerOf({ loss: 0.2, cases: 50 })).toThrow('discordance');
  });
});

describe('Holm’s correction', () => {
  it.each([
    [
      [0.01, 0.02, 0.03, 0.04],
      [0.04, 0.06, 0.06, 0.06],
    ],
    [
      [0.04, 0.01, 0.6, 0.012],
      [0.08, 0.04, 0.6, 0.036 + 0.004],
    ],
    [[], []],
    [[0.7], [0.7]],
  ])('of %j', (given, adjusted) => {
    const found = holm(given);
    expect(found).toHaveLength(adjusted.length);
    found.forEach((value, i) => expect(value).toBeCloseTo(adjusted[i], 12));
  });
});
