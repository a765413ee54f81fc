import {
  anytimeHalfWidth,
  compareOnline,
  estimateArm,
  unpairedInterval,
  type GroupSums,
} from './online';
import { randomOf } from './random';

const GROUPS = 128;

const empty = (): GroupSums => ({
  counts: new Array(GROUPS).fill(0),
  sums: new Array(GROUPS).fill(0),
});

const share = {
  direction: 'higher' as const,
  margin: 0,
  isShare: true,
};

/** How often an experiment says something at any of its many looks. */
function alarms(options: {
  experiments: number;
  calls: number;
  every: number;
  value(random: () => number, arm: number, group: number): number;
  says: string;
  isShare?: boolean;
  margin?: number;
}): number {
  let said = 0;
  for (let n = 0; n < options.experiments; n++) {
    const random = randomOf(n + 1);
    const arms = [empty(), empty()];
    for (let call = 1; call <= options.calls; call++) {
      const arm = random() < 0.5 ? 1 : 0;
      const group = Math.floor(random() * GROUPS);
      arms[arm].counts[group] += 1;
      arms[arm].sums[group] += options.value(random, arm, group);
      if (call % options.every === 0) {
        const [control, challenger] = arms;
        const { standing } =
          compareOnline(
            { control, challenger },
            {
              direction: 'higher',
              margin: options.margin ?? 0,
              isShare: options.isShare,
            },
          ) ?? {};
        if (standing === options.says) {
          said += 1;
          break;
        }
      }
    }
  }
  return said / options.experiments;
}

describe('online comparisons', () => {
  it('reckons the error of groups and not of calls', () => {
    // Twice the same caller is no second caller: 4 groups, each with one voice.
    const alike = estimateArm({
      counts: [10, 10, 10, 10],
      sums: [10, 10, 0, 0],
    });
    // Totals of 10, 10, 0, 0 about 5: 4/3 of the squares, root, over 40 calls.
    expect(alike).toEqual({
      mean: 0.5,
      error: Math.sqrt((100 * 4) / 3) / 40,
      calls: 40,
      groups: 4,
    });
    expect(estimateArm(empty())).toBeUndefined();
    expect(
      estimateArm({ counts: [30, 30], sums: [0, 0] }, { isShare: true })?.error,
    ).toBeGreaterThan(0.02);
  });

  it('widens the interval by what looking at all times costs', () => {
    // By the formula for rho tuned to t: 1 + log terms; against 1.96 for one look.
    const wide = anytimeHalfWidth(1, 2_000);
    expect(wide).toBeGreaterThan(2.9);
    expect(wide).toBeLessThan(3.2);
    expect(anytimeHalfWidth(1, 100)).toBeGreaterThan(wide);
    expect(anytimeHalfWidth(1, 200_000)).toBeGreaterThan(wide);
  });

  it('says nothing of few calls or few callers', () => {
    const arm = (groups: number, calls: number, value: number): GroupSums => ({
      counts: new Array(groups).fill(calls / groups),
      sums: Array.from(
        { length: groups },
        (_, i) => (calls / groups) * (value + (i % 2) * 0.01),
      ),
    });
    const of = (groups: number, calls: number) =>
      compareOnline(
        { control: arm(groups, calls, 0.9), challenger: arm(groups, calls, 0) },
        share,
      )?.standing;
    expect(of(4, 4_000)).toBe('unclear');
    expect(of(40, 40)).toBe('unclear');
    expect(of(40, 4_000)).toBe('worse');
    expect(
      compareOnline({ control: empty(), challenger: empty() }, share),
    ).toBeUndefined();
  });

  it('raises a false alarm in fewer than 5 % of experiments that look 40 times', () => {
    const nothing = {
      experiments: 300,
      calls: 4_000,
      every: 100,
      says: 'worse',
    };
    const rates = {
      shares: alarms({
        ...nothing,
        isShare: true,
        value: random => (random() < 0.2 ? 1 : 0),
      }),
      rare: alarms({
        ...nothing,
        isShare: true,
        value: random => (random() < 0.02 ? 1 : 0),
      }),
      // Milliseconds, with a long tail.
      lopsided: alarms({
        ...nothing,
        value: random => Math.exp(2 * Math.sqrt(-2 * Math.log(random()))),
      }),
    };
    expect(rates.shares).toBeLessThan(0.05);
    expect(rates.rare).toBeLessThan(0.05);
    expect(rates.lopsided).toBeLessThan(0.05);
  });

  it('sees a loss that is there, and not one within the margin', () => {
    const loss = {
      experiments: 30,
      calls: 6_000,
      every: 200,
      isShare: true,
      value: (random: () => number, arm: number) =>
        random() < (arm === 1 ? 0.7 : 0.8) ? 1 : 0,
    };
    expect(alarms({ ...loss, says: 'worse' })).toBeGreaterThan(0.95);
    expect(alarms({ ...loss, says: 'worse', margin: 0.1 })).toBeLessThan(0.05);
    expect(
      alarms({ ...loss, says: 'not-worse', margin: 0.25 }),
    ).toBeGreaterThan(0.95);
  });

  it('turns metrics of which less is better', () => {
    const arm = (value: number): GroupSums => ({
      counts: new Array(40).fill(10),
      sums: Array.from({ length: 40 }, (_, i) => 10 * (value + (i % 5))),
    });
    const arms = { control: arm(100), challenger: arm(150) };
    const slower = compareOnline(arms, { direction: 'lower', margin: 10 });
    expect(slower).toMatchObject({ difference: -50, standing: 'worse' });
    const [low, high] = unpairedInterval(arms, { direction: 'lower' })!;
    expect(low).toBeLessThan(-50);
    expect(high).toBeGreaterThan(-50);
    // One look needs less than all looks.
    expect(high - low).toBeLessThan(slower!.interval[1] - slower!.interval[0]);
  });

  it('holds the truth in 95 of 100 intervals of an experiment that is over', () => {
    let held = 0;
    const experiments = 150;
    for (let n = 0; n < experiments; n++) {
      const random = randomOf(10_000 + n);
      const arms = [empty(), empty()];
      for (let group = 0; group < 40; group++) {
        for (const arm of [0, 1]) {
          // Groups differ, and their calls are alike.
          const bias = (random() - 0.5) * 4;
          const count = 1 + Math.floor(random() * 20);
          arms[arm].counts[group] = count;
          arms[arm].sums[group] = count * (10 + bias) + random() - 0.5;
        }
      }
      const [control, challenger] = arms;
      const [low, high] = unpairedInterval(
        { control, challenger },
        { direction: 'higher', resamples: 200, seed: n },
      )!;
      held += low <= 0 && high >= 0 ? 1 : 0;
    }
    expect(held / experiments).toBeGreaterThan(0.91);
    expect(held / experiments).toBeLessThan(0.99);
  });
});
