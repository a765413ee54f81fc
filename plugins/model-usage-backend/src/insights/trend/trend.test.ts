import { normals, simulatedDays } from '../__testUtils__/random';
import { inflationOf, kendall, kendallP, upperTail } from './statistics';
import { FALSE_ALARMS, trendOf28, trendOf7, type Trend } from './trend';

jest.setTimeout(60_000);

/** Of so many simulated series each. */
const SERIES = 300;

const isAlarm = ({ direction }: Trend) =>
  direction === 'rising' || direction === 'declining';

/** Deviation of a share of `SERIES` draws. */
const deviation = (share: number) => Math.sqrt((share * (1 - share)) / SERIES);

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;

const report: string[] = [];
afterAll(() => process.stdout.write(`${report.join('\n')}\n`));

describe('the test of Kendall', () => {
  it('counts pairs that rise and fall, and takes ties off the variance', () => {
    expect(kendall([1, 2, 3, 4])).toEqual({ s: 6, variance: 26 / 3 });
    expect(kendall([4, 3, 2, 1]).s).toBe(-6);
    expect(kendall([2, 2, 2, 2])).toEqual({ s: 0, variance: 0 });
    expect(kendallP(kendall([2, 2, 2, 2]))).toBe(1);
    // The example of Gilbert (1987), table 16.1: S = 16 of 11, variance 165.
    expect(kendall([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]).variance).toBe(165);
  });

  it('knows the normal distribution', () => {
    expect(upperTail(0)).toBeCloseTo(0.5, 6);
    expect(upperTail(1.959964)).toBeCloseTo(0.025, 6);
    expect(upperTail(-1.644854)).toBeCloseTo(0.95, 6);
    expect(upperTail(4) / 3.167124e-5).toBeCloseTo(1, 5);
  });

  it('takes days that go with the day before for fewer', () => {
    const normal = normals(1);
    const of = (memory: number) => {
      let last = normal();
      return Array.from({ length: 400 }, () => {
        last = memory * last + Math.sqrt(1 - memory ** 2) * normal();
        return last;
      });
    };
    expect(inflationOf(of(0))).toBeLessThan(1.3);
    expect(inflationOf(of(0.5))).toBeGreaterThan(2);
    expect(inflationOf(of(0.5))).toBeLessThan(4.5);
    expect(inflationOf([1, 1, 1, 1, 1, 1, 1])).toBe(1);
  });
});

describe('a trend', () => {
  it.each([
    { noise: 0.15, level: 1000, memory: 0 },
    { noise: 0.3, level: 40, memory: 0 },
    { noise: 0.3, level: 1000, memory: 0.3 },
  ])(
    'is seldom seen in flat traffic: noise $noise, $level calls a day, memory $memory',
    ({ noise, level, memory }) => {
      const normal = normals(11);
      let over28 = 0;
      let over7 = 0;
      for (let n = 0; n < SERIES; n += 1) {
        const days = simulatedDays({ days: 35, level, noise, memory, normal });
        over28 += isAlarm(trendOf28(days)) ? 1 : 0;
        over7 += isAlarm(trendOf7(days)) ? 1 : 0;
      }
      report.push(
        `flat, noise ${noise}, ${level} a day, memory ${memory}: false alarms over 28 days ${percent(
          over28 / SERIES,
        )}, over 7 days ${percent(over7 / SERIES)}`,
      );
      const most = (share: number) => share + 2.5 * deviation(share);
      expect(over28 / SERIES).toBeLessThan(most(FALSE_ALARMS[28]));
      expect(over7 / SERIES).toBeLessThan(most(FALSE_ALARMS[7]));
    },
  );

  it.each([
    { change: 1, noise: 0.15, atLeast: 0.95 },
    { change: 0.5, noise: 0.15, atLeast: 0.65 },
    { change: -0.5, noise: 0.15, atLeast: 0.95 },
    { change: 0.3, noise: 0.15, atLeast: 0.3 },
  ])(
    'over 28 days of $change is found, with its size',
    ({ change, noise, atLeast }) => {
      const normal = normals(5);
      const right = change > 0 ? 'rising' : 'declining';
      let found = 0;
      let wrong = 0;
      let held = 0;
      for (let n = 0; n < SERIES; n += 1) {
        const days = { days: 28, level: 1000, noise, normal, change };
        const trend = trendOf28(simulatedDays(days));
        if (trend.direction === right) found += 1;
        else if (isAlarm(trend)) wrong += 1;
        const { low = NaN, high = NaN } = trend;
        if (low <= change && change <= high) held += 1;
      }
      report.push(
        `28 days to ${percent(1 + change)}, noise ${noise}: found ${percent(
          found / SERIES,
        )}, interval right ${percent(held / SERIES)}`,
      );
      expect(found / SERIES).toBeGreaterThan(atLeast);
      expect(held / SERIES).toBeGreaterThan(0.92);
      expect(wrong).toBe(0);
    },
  );

  it.each([
    { change: 0.5, atLeast: 0.9 },
    { change: -0.3, atLeast: 0.85 },
    { change: 0.3, atLeast: 0.7 },
  ])('of a week of $change is found', ({ change, atLeast }) => {
    const normal = normals(6);
    const right = change > 0 ? 'rising' : 'declining';
    let found = 0;
    for (let n = 0; n < SERIES; n += 1) {
      const days = simulatedDays({
        days: 35,
        level: 1000,
        noise: 0.15,
        normal,
      });
      const stepped = days.map((calls, day) =>
        day < 28 ? calls : Math.round(calls * (1 + change)),
      );
      found += trendOf7(stepped).direction === right ? 1 : 0;
    }
    report.push(
      `7 days at ${percent(1 + change)}, noise 0.15: found ${percent(
        found / SERIES,
      )}`,
    );
    expect(found / SERIES).toBeGreaterThan(atLeast);
  });

  it('is stable when it is small, however sure it is', () => {
    const days = Array.from({ length: 35 }, (_, day) => 1000 + day);
    const { direction, change } = trendOf28(days);
    expect(direction).toBe('stable');
    expect(change).toBeCloseTo(1034 / 1007 - 1, 3);
    expect(trendOf7(days).direction).toBe('stable');
  });

  it('is unknown of few days and of few calls, with the reason', () => {
    expect(trendOf28(new Array(27).fill(100))).toMatchObject({
      direction: 'unknown',
      reason: expect.stringContaining('days'),
    });
    expect(trendOf7(new Array(34).fill(100)).direction).toBe('unknown');
    expect(trendOf28(new Array(28).fill(0))).toMatchObject({
      direction: 'unknown',
      reason: expect.stringContaining('one call a day'),
    });
  });

  it('sees a model that nobody calls any more, and one that has begun', () => {
    const ended = [...new Array(21).fill(500), ...new Array(14).fill(0)];
    expect(trendOf28(ended).direction).toBe('declining');
    expect(trendOf7(ended).direction).toBe('declining');
    expect(trendOf28([...ended].reverse()).direction).toBe('rising');
  });
});
