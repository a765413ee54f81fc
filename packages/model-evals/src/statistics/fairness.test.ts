import type { EvaluationResult } from '@modelhub/governance-protocol';
import { measure, resultOf } from '../__testUtils__/result';
import { compareGroups } from './fairness';
import { levelOf } from './groupReading';
import { randomOf } from './random';
import {
  largestGap,
  rangeDeviations,
  type GroupEstimate,
} from './simultaneous';
import { shareInterval } from './shares';

// The example of Fairlearn's user guide, "Common fairness metrics".
const TRUE = [0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1];
const SAID = [0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0];
const GROUP = [...'bbabbcccaacabccbcc'];

function classified(
  expected: number[],
  predicted: number[],
  group: Array<string | null>,
): EvaluationResult {
  const label = (value: number) => (value ? 'yes' : 'no');
  return resultOf(
    { label: expected.map((it, i) => (it === predicted[i] ? 1 : 0)) },
    {
      measures: {
        label: measure(),
        'label.f1': measure({ aggregate: 'own' }),
      },
      cases: {
        slices: { group },
        labels: {
          expected: expected.map(label),
          predicted: predicted.map(label),
        },
      },
    },
  );
}

const fairlearn = classified(TRUE, SAID, GROUP);
const options = {
  attribute: 'group',
  metric: 'label',
  positiveLabel: 'yes',
  minimumCases: 1,
};

describe('groups', () => {
  it('are measured as Fairlearn’s user guide says', () => {
    const found = compareGroups(fairlearn, options);
    expect(
      found.groups.map(it => [
        it.group,
        it.samples,
        it.truePositiveRate,
        it.falsePositiveRate,
        it.selectionRate,
      ]),
    ).toEqual([
      ['a', 4, 0.5, 1, 0.75],
      ['b', 6, 0.6, 0, 0.5],
      ['c', 8, 0.4, 2 / 3, 0.5],
    ]);
    expect(found.demographicParity).toMatchObject({
      value: 0.25,
      between: ['a', 'b'],
    });
    expect(found.equalisedOdds).toMatchObject({
      value: 1,
      between: ['a', 'b'],
    });
  });

  it('of so few cases leave nearly everything open', () => {
    const { demographicParity, equalisedOdds } = compareGroups(
      fairlearn,
      options,
    );
    expect(demographicParity?.interval[0]).toBe(0);
    expect(demographicParity?.interval[1]).toBeGreaterThan(0.6);
    expect(equalisedOdds?.interval[0]).toBeLessThan(0.4);
    expect(equalisedOdds?.interval[1]).toBeCloseTo(1, 1);
  });

  it('have values with intervals, and a largest gap', () => {
    const found = compareGroups(fairlearn, options);
    expect(found.groups.map(it => it.value)).toEqual([0.25, 4 / 6, 3 / 8]);
    const [low, high] = found.groups[0].interval ?? [];
    expect(low).toBeCloseTo(shareInterval(1, 4)[0], 6);
    expect(high).toBeCloseTo(shareInterval(1, 4)[1], 6);
    expect(found.gap?.between).toEqual(['b', 'a']);
    expect(found.gap?.value).toBeCloseTo(4 / 6 - 1 / 4, 12);
  });

  it('can be compared by what is made of all labels', () => {
    const found = compareGroups(fairlearn, { ...options, metric: 'label.f1' });
    // 'yes': 3 of 5 + 3; 'no': 1 of 1 + 3.
    const b = found.groups.find(it => it.group === 'b');
    expect(b?.value).toBeCloseTo((6 / 8 + 2 / 4) / 2, 12);
    expect(b?.interval?.[0]).toBeLessThan(b?.value ?? 0);
    expect(found.gap?.value).toBeGreaterThan(0);
  });

  it('that are too small are shown and not compared; no group is counted', () => {
    const group = GROUP.map((it, i) => (i === 0 ? null : it));
    const found = compareGroups(classified(TRUE, SAID, group), {
      ...options,
      minimumCases: 5,
    });
    expect(found.unassigned).toBe(1);
    expect(
      found.groups.map(it => [it.group, it.samples, it.isTooSmall]),
    ).toEqual([
      ['a', 4, true],
      ['b', 5, undefined],
      ['c', 8, undefined],
    ]);
    expect(found.groups[0].value).toBe(0.25);
    expect(found.gap?.between).toEqual(['b', 'c']);
    expect(compareGroups(fairlearn, { ...options, minimumCases: 9 })).toEqual(
      expect.not.objectContaining({ gap: expect.anything() }),
    );
  });

  it('without a positive label have no odds', () => {
    const { demographicParity, equalisedOdds, groups } = compareGroups(
      fairlearn,
      { ...options, positiveLabel: undefined },
    );
    expect([demographicParity, equalisedOdds]).toEqual([undefined, undefined]);
    expect(groups[0].selectionRate).toBeUndefined();
  });

  it('compare times too', () => {
    const times = (start: number) =>
      Array.from({ length: 30 }, (_, i) => start + (i % 7));
    const found = compareGroups(
      resultOf(
        { label: times(0) },
        {
          cases: {
            latencyMs: [...times(500), ...times(100)],
            slices: {
              group: times(0)
                .map(() => 'a')
                .concat(times(0).map(() => 'b')),
            },
          },
        },
      ),
      { attribute: 'group', metric: 'request_latency' },
    );
    expect(found.unit).toBe('ms');
    expect(found.gap?.between[0]).toBe('a');
    expect(found.gap?.interval[0]).toBeGreaterThan(390);
  });

  it('say what there is, where there is no such attribute or metric', () => {
    expect(() =>
      compareGroups(fairlearn, { ...options, attribute: 'gender' }),
    ).toThrow("no attribute 'gender'. They have: group.");
    expect(() =>
      compareGroups(resultOf({ a: [1, 0] }), { ...options, metric: 'a' }),
    ).toThrow('give the cases of the pack slices');
    expect(() =>
      compareGroups(fairlearn, { ...options, metric: 'rouge' }),
    ).toThrow("no metric 'rouge'. It has: label, error_rate, label.f1.");
  });
});

describe('the largest gap', () => {
  const random = randomOf(23);
  const gap = (shares: number[], size: number) =>
    largestGap(
      shares.map((share, index): GroupEstimate => {
        let hits = 0;
        for (let i = 0; i < size; i++) if (random() < share) hits += 1;
        return {
          group: String(index),
          value: hits / size,
          interval: deviations =>
            shareInterval(hits, size, levelOf(deviations)),
        };
      }),
      0.95,
    );

  // Tukey's studentised range for infinite degrees of freedom, by the root of 2.
  it.each([
    [2, 2.772],
    [3, 3.314],
    [4, 3.633],
    [6, 4.03],
    [10, 4.474],
  ])('takes Tukey’s range of %d groups', (groups, range) => {
    expect(rangeDeviations(groups, 0.95) * Math.SQRT2).toBeCloseTo(range, 2);
  });

  it.each([
    ['none', [0.8, 0.8, 0.8, 0.8], 0],
    ['one of two', [0.9, 0.75], 0.15],
    ['one of five', [0.85, 0.85, 0.85, 0.85, 0.6], 0.25],
    ['a rare thing', [0.02, 0.02, 0.02], 0],
  ])('has an interval that covers it: %s', (_, shares, truth) => {
    let held = 0;
    for (let round = 0; round < 400; round++) {
      const [low, high] = gap(shares, 40)!.interval;
      if (low <= truth + 1e-12 && truth <= high) held += 1;
    }
    expect(held / 400).toBeGreaterThanOrEqual(0.93);
  });

  it('is not seen where there is none, and is where there is one', () => {
    const isSeen = (shares: number[]) => {
      let seen = 0;
      for (let round = 0; round < 200; round++) {
        if (gap(shares, 60)!.interval[0] > 0) seen += 1;
      }
      return seen / 200;
    };
    expect(isSeen([0.8, 0.8, 0.8, 0.8])).toBeLessThan(0.1);
    expect(isSeen([0.9, 0.9, 0.9, 0.5])).toBeGreaterThan(0.85);
  });

  it('is none of a single group', () => {
    expect(gap([0.5], 10)).toBeUndefined();
  });
});
