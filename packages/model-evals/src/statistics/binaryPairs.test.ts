import { binaryInterval, binaryPValue } from './binaryPairs';
import { normalProbability } from './normal';

describe('paired shares', () => {
  // Airway hyper-responsiveness of 21 children before and after a stem cell
  // transplantation, as in Fagerland, Lydersen and Laake (2014), table VI.
  const bentur = { pairs: 21, gains: 1, losses: 7 };

  it('have Tango’s interval', () => {
    const [low, high] = binaryInterval(bentur, 0.95);
    expect(low).toBeCloseTo(-0.517, 3);
    expect(high).toBeCloseTo(-0.026, 3);
  });

  it('are tested exactly, and less timidly than with the discordant pairs alone', () => {
    // McNemar's asymptotic test is too bold here, his exact one too timid.
    const asymptotic = normalProbability(-6 / Math.sqrt(8));
    const conditional = 9 / 256;
    expect(binaryPValue(bentur, 0)).toBeGreaterThan(asymptotic);
    expect(binaryPValue(bentur, 0)).toBeLessThan(conditional * 0.6);
  });

  it('leave doubt where no pair differs', () => {
    const same = { pairs: 30, gains: 0, losses: 0 };
    const [low, high] = binaryInterval(same, 0.95);
    expect(low).toBeCloseTo(-high, 9);
    expect(high).toBeGreaterThan(0.1);
    expect(binaryPValue(same, 0)).toBe(1);
    // Even so, it is hardly worse by a half.
    expect(binaryPValue({ ...same }, 0.5)).toBeLessThan(0.001);
  });

  it('can all be lost', () => {
    const lost = { pairs: 12, gains: 0, losses: 12 };
    expect(binaryInterval(lost, 0.95)[0]).toBe(-1);
    expect(binaryPValue(lost, -0.1)).toBeLessThan(0.001);
    const won = { pairs: 12, gains: 12, losses: 0 };
    expect(binaryInterval(won, 0.95)[1]).toBe(1);
    expect(binaryPValue(won, -0.1)).toBe(1);
  });

  it('count more the more they are, and less the more may be lost', () => {
    const of = (times: number, margin: number) =>
      binaryPValue(
        { pairs: 40 * times, gains: 2 * times, losses: 9 * times },
        -margin,
      );
    expect(of(2, 0)).toBeLessThan(of(1, 0));
    expect(of(1, 0.05)).toBeGreaterThan(of(1, 0));
    expect(of(1, 0.2)).toBeGreaterThan(0.5);
  });

  it('pass into the normal distribution without a step', () => {
    const exact = binaryPValue({ pairs: 2000, gains: 60, losses: 85 }, 0);
    const asymptotic = normalProbability(-25 / Math.sqrt(145));
    expect(exact / asymptotic).toBeGreaterThan(0.95);
    expect(exact / asymptotic).toBeLessThan(1.1);
    expect(binaryPValue({ pairs: 2001, gains: 60, losses: 85 }, 0)).toBeCloseTo(
      asymptotic,
      4,
    );
  });

  /** How often a model that is worse by just the margin is called worse. */
  function falseAlarms(
    pairs: number,
    lost: number,
    won: number,
    level: number,
  ): number {
    const margin = lost - won;
    const log = [0];
    for (let i = 1; i <= pairs; i++) log.push(log[i - 1] + Math.log(i));
    let sum = 0;
    for (let losses = 0; losses <= pairs; losses++) {
      // The first number of gains that is no alarm ends the alarms.
      for (let gains = 0; gains <= pairs - losses; gains++) {
        const p = binaryPValue({ pairs, gains, losses }, -margin);
        if (p > level) break;
        const same = pairs - losses - gains;
        sum += Math.exp(
          log[pairs] -
            log[losses] -
            log[gains] -
            log[same] +
            losses * Math.log(lost) +
            gains * Math.log(won) +
            same * Math.log(1 - lost - won),
        );
      }
    }
    return sum;
  }

  // Exactly, over all tables: no simulation.
  it.each([
    [20, 0.25, 0.2],
    [30, 0.1, 0.1],
    [40, 0.12, 0.07],
  ])('of %d give no more alarms than stated', (pairs, lost, won) => {
    const found = falseAlarms(pairs, lost, won, 0.05);
    expect(found).toBeLessThanOrEqual(0.0502);
    expect(found).toBeGreaterThan(0.02);
  });
});
