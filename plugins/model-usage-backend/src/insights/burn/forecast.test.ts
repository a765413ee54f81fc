import { normals, simulatedDays } from '../__testUtils__/random';
import { FORECAST_LEVEL, forecastDays, LEAST_DAYS } from './forecast';

const known = (amounts: number[]) =>
  amounts.map((amount, day) => ({ amount, weekday: day % 7 }));

const toCome = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    weekday: (from + n) % 7,
    weight: 1,
  }));

describe('the forecast of a month', () => {
  it.each([
    { noise: 0.15, memory: 0, history: 28, left: 25 },
    { noise: 0.4, memory: 0, history: 28, left: 10 },
    { noise: 0.4, memory: 0.4, history: 28, left: 20 },
    { noise: 0.4, memory: 0, history: 14, left: 16 },
    { noise: 0.4, memory: 0, history: 10, left: 20 },
  ])(
    'holds 90 of 100 simulated months: noise $noise, memory $memory, $history days known, $left to come',
    ({ noise, memory, history, left }) => {
      const months = 600;
      const normal = normals(3);
      let held = 0;
      for (let n = 0; n < months; n += 1) {
        const days = simulatedDays({
          days: history + left,
          level: 100_000,
          noise,
          memory,
          normal,
        });
        const forecast = forecastDays(
          known(days.slice(0, history)),
          toCome(history, left),
        );
        const sum = days.slice(history).reduce((a, b) => a + b, 0);
        const { low = NaN, high = NaN } = forecast?.path.at(-1) ?? {};
        if (low <= sum && sum <= high) held += 1;
      }
      process.stdout.write(
        `noise ${noise}, memory ${memory}, ${history} days known, ${left} to come: ${(
          (100 * held) /
          months
        ).toFixed(1)} % of months held\n`,
      );
      expect(held / months).toBeGreaterThan(FORECAST_LEVEL - 0.035);
    },
  );

  it('follows the rhythm of the week', () => {
    const week = [100, 100, 100, 100, 100, 0, 0];
    const forecast = forecastDays(
      known([...week, ...week, ...week, ...week]),
      toCome(28, 7),
    );
    const totals = forecast?.path.map(it => Math.round(it.expected)) ?? [];
    expect(forecast?.daysUsed).toBe(28);
    expect(totals[4]).toBeGreaterThan(450);
    expect(totals[6] - totals[4]).toBeLessThan(50);
    // Every day has been drawn a little to the average; the week is as it was.
    expect(totals[6]).toBe(500);
  });

  it('takes whole weeks only, and a part of today', () => {
    const forecast = forecastDays(known(new Array(20).fill(10)), [
      { weekday: 6, weight: 0.25 },
      { weekday: 0, weight: 1 },
    ]);
    expect(forecast?.daysUsed).toBe(14);
    expect(forecast?.path.map(it => it.expected)).toEqual([
      expect.closeTo(2.5, 6),
      expect.closeTo(12.5, 6),
    ]);
  });

  it('says nothing of few days, and nothing will be spent where nothing was', () => {
    expect(
      forecastDays(known(new Array(LEAST_DAYS - 1).fill(1)), toCome(6, 3)),
    ).toBeUndefined();
    expect(
      forecastDays(known(new Array(14).fill(0)), toCome(14, 1))?.path,
    ).toEqual([{ expected: 0, low: 0, high: 0 }]);
  });

  it('is never below what has been spent', () => {
    const wild = known([0, 0, 0, 500, 0, 0, 0]);
    const lows = forecastDays(wild, toCome(7, 20))?.path.map(it => it.low);
    expect(Math.min(...(lows ?? []))).toBe(0);
  });
});
