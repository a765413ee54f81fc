import fc from 'fast-check';
import { DEFAULT_RETENTION } from '../../rollups';
import {
  badOf,
  budgetLeft,
  burnRate,
  exhaustsAt,
  keptOf,
  shareSpent,
  sumOf,
  type Events,
} from './budget';
import { nextEpisode, QUIET_MS, type OpenEpisode } from './episodes';
import {
  BURN_RULES,
  DEFAULT_GUARD,
  fires,
  goesOn,
  mayMatter,
  thresholdOf,
  type BurnRule,
  type Measured,
} from './rules';
import { segmentsOf } from './windows';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const events = fc
  .tuple(fc.nat(1_000_000), fc.nat(1_000_000))
  .map(([a, b]): Events => ({ total: a + b, good: a }));
const target = fc.integer({ min: 900_000, max: 999_900 }).map(n => n / 1e6);

const of = (total: number, bad: number): Events => ({
  total,
  good: total - bad,
});

describe('the budget', () => {
  it('is whole without failures, spent exactly at the target', () => {
    expect(budgetLeft(of(0, 0), 0.99)).toBeUndefined();
    expect(keptOf(of(0, 0))).toBeUndefined();
    expect(budgetLeft(of(1_000, 0), 0.99)).toBe(1);
    expect(budgetLeft(of(1_000, 5), 0.99)).toBeCloseTo(0.5);
    expect(budgetLeft(of(1_000, 10), 0.99)).toBeCloseTo(0);
    expect(budgetLeft(of(1_000, 20), 0.99)).toBeCloseTo(-1);
  });

  it('has something left exactly where the objective is kept', () => {
    fc.assert(
      fc.property(events, target, (it, goal) => {
        fc.pre(it.total > 0);
        const left = budgetLeft(it, goal) ?? NaN;
        const kept = keptOf(it) ?? NaN;
        fc.pre(Math.abs(kept - goal) > 1e-9);
        expect(left > 0).toBe(kept > goal);
        expect(left).toBeLessThanOrEqual(1);
        expect(badOf(it)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('burns in a whole as the mean of its parts, weighed by their events', () => {
    fc.assert(
      fc.property(fc.array(events, { minLength: 1 }), target, (parts, goal) => {
        const whole = sumOf(parts);
        fc.pre(whole.total > 0);
        const mean =
          parts.reduce((sum, it) => sum + it.total * burnRate(it, goal), 0) /
          whole.total;
        expect(burnRate(whole, goal)).toBeCloseTo(mean, 6);
      }),
    );
  });

  it('never grows when one more event fails', () => {
    fc.assert(
      fc.property(events, target, (it, goal) => {
        fc.pre(it.good > 0);
        const worse = { ...it, good: it.good - 1 };
        expect(budgetLeft(worse, goal)).toBeLessThan(
          budgetLeft(it, goal) as number,
        );
      }),
    );
  });

  it('is gone when it was said to be, if it burns on as it did', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    const when = (left: number, burn: number) =>
      exhaustsAt({ left, burn, windowDays: 28, now })?.toISOString();
    expect(when(1, 28)).toBe('2026-11-23T12:00:00.000Z');
    expect(when(0.5, 28)).toBe('2026-11-23T00:00:00.000Z');
    expect([when(0.5, 1), when(0.5, 0)]).toEqual([undefined, undefined]);
    expect(when(-0.1, 0)).toBe(now.toISOString());
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 1.01, max: 1_000, noNaN: true }),
        fc.constantFrom(7, 28, 30),
        (left, burn, windowDays) => {
          const at = exhaustsAt({ left, burn, windowDays, now });
          const ms = Number(at) - now.getTime();
          expect(shareSpent(burn, ms, windowDays)).toBeCloseTo(left, 3);
        },
      ),
    );
  });
});

describe('the windows', () => {
  const cases = fc.record({
    now: fc
      .integer({ min: 0, max: 2 * 365 * 24 * 60 })
      .map(n => new Date(Date.UTC(2026, 0, 1) + n * 60_000 + 17_000)),
    ms: fc.constantFrom(
      ...[5 / 60, 0.5, 1, 6, 72, 7 * 24, 28 * 24, 30 * 24].map(h => h * HOUR),
    ),
  });
  const size = { minute: 60_000, hour: HOUR, day: DAY };

  it('leave nothing out and count nothing twice, true to a minute or an hour', () => {
    fc.assert(
      fc.property(cases, ({ now, ms }) => {
        const segments = segmentsOf(ms, now, DEFAULT_RETENTION);
        const end = Math.floor(now.getTime() / 60_000) * 60_000 + 60_000;
        const unit = ms <= DAY ? 60_000 : HOUR;
        expect(segments[0].from.getTime()).toBe(
          Math.floor((end - ms) / unit) * unit,
        );
        expect(segments.at(-1)?.to.getTime()).toBe(end);
        for (const { level, from } of segments) {
          expect(from.getTime() % size[level]).toBe(0);
        }
        segments.slice(1).forEach(({ from }, n) => {
          const { level, to } = segments[n];
          expect(from).toEqual(to);
          expect(to.getTime() % size[level]).toBe(0);
        });
      }),
    );
  });

  it('ask no level for what it no longer keeps', () => {
    const retention = { minute: 1, hour: 2, day: 365 };
    fc.assert(
      fc.property(cases, ({ now, ms }) => {
        const segments = segmentsOf(ms, now, retention);
        for (const { level, from } of segments) {
          const kept =
            Math.floor((now.getTime() - retention[level] * DAY) / size[level]) *
            size[level];
          expect(from.getTime()).toBeGreaterThanOrEqual(kept);
        }
        const end = Math.floor(now.getTime() / 60_000) * 60_000 + 60_000;
        expect(segments[0].from.getTime()).toBeLessThanOrEqual(end - ms);
      }),
    );
  });
});

describe('the rules', () => {
  const [fast, slow, steady] = BURN_RULES;

  it('have the numbers of the workbook', () => {
    const plain = ({ burn, longMs, shortMs, severity }: BurnRule) => [
      burn,
      longMs / HOUR,
      longMs / shortMs,
      severity,
    ];
    expect(BURN_RULES.map(plain)).toEqual([
      [14.4, 1, 12, 'page'],
      [6, 6, 12, 'page'],
      [1, 72, 12, 'ticket'],
    ]);
    const share = ({ burn, longMs }: BurnRule) => shareSpent(burn, longMs, 30);
    expect(BURN_RULES.map(share).map(it => it.toFixed(2))).toEqual([
      '0.02',
      '0.05',
      '0.10',
    ]);
  });

  it('can all be broken by a total outage, whatever the target', () => {
    fc.assert(
      fc.property(target, goal => {
        for (const rule of BURN_RULES) {
          expect(thresholdOf(rule, goal)).toBeLessThanOrEqual(
            burnRate(of(100, 100), goal) + 1e-9,
          );
        }
        expect(thresholdOf(slow, goal)).toBeLessThan(thresholdOf(fast, goal));
        expect(thresholdOf(steady, goal)).toBe(1);
      }),
    );
    expect(thresholdOf(fast, 0.999)).toBe(14.4);
    expect(thresholdOf(fast, 0.9)).toBeCloseTo(5);
    expect(thresholdOf(slow, 0.9)).toBeCloseTo(2.5);
  });

  it('ask for both windows', () => {
    const bad = of(1_000, 25);
    const good = of(1_000, 0);
    const look = (long: Events, short: Events) =>
      fires(fast, 0.999, { long, short });
    expect(look(bad, bad)).toBe(true);
    expect(look(bad, good)).toBe(false);
    expect(look(good, bad)).toBe(false);
  });

  it('say nothing of few calls, or of few that failed', () => {
    const all = (total: number, bad: number) => ({
      long: of(total, bad),
      short: of(total, bad),
    });
    const { events: least, failures } = DEFAULT_GUARD;
    expect(fires(fast, 0.999, all(least, failures))).toBe(true);
    expect(fires(fast, 0.999, all(least - 1, least - 1))).toBe(false);
    expect(fires(fast, 0.999, all(least, failures - 1))).toBe(false);
    const one = { events: 1, failures: 1, deviations: 0 };
    expect(fires(fast, 0.999, all(10, 1), one)).toBe(true);
    // 14.4 failures would burn just fast enough, and may be chance.
    expect(fires(fast, 0.999, all(1_000, 15), one)).toBe(true);
    expect(fires(fast, 0.999, all(1_000, 15))).toBe(false);
    expect(fires(fast, 0.999, all(1_000, 22))).toBe(true);
  });

  it('burn on a little below where they alert', () => {
    const at = (burn: number): Measured => {
      const it = of(1_000_000, Math.round(burn * 1_000));
      return { long: it, short: it };
    };
    expect(fires(fast, 0.999, at(14))).toBe(false);
    expect(goesOn(fast, 0.999, at(14))).toBe(true);
    expect(goesOn(fast, 0.999, at(11))).toBe(false);
  });
});

it('the long window matters only where the short one burns', () => {
  fc.assert(
    fc.property(events, events, target, (long, short, goal) => {
      for (const rule of BURN_RULES) {
        const it = { long, short };
        const alerts = fires(rule, goal, it) || goesOn(rule, goal, it);
        expect(alerts && !mayMatter(rule, goal, short)).toBe(false);
      }
    }),
  );
});

describe('an alert', () => {
  const measuredAt = (burn: number) => {
    const it = of(1_000_000, Math.round(burn * 1_000));
    const both = { long: it, short: it };
    return { fast: both, slow: both, steady: both };
  };
  const step = (burn: number, minute: number, open?: OpenEpisode) =>
    nextEpisode({
      severity: 'page',
      target: 0.999,
      measured: measuredAt(burn),
      now: minute * 60_000,
      open,
    });

  it('opens once, keeps its peak, and closes after half an hour of quiet', () => {
    const opened = step(20, 0);
    expect(opened).toMatchObject({ kind: 'open', episode: { rule: 'fast' } });
    if (opened.kind !== 'open') throw new Error('It did not open');
    const updated = step(50, 5, opened.episode);
    expect(updated).toMatchObject({
      kind: 'update',
      episode: { openedAt: 0, burntAt: 5 * 60_000 },
    });
    if (updated.kind !== 'update') throw new Error('It did not go on');
    expect(updated.episode.peakBurn).toBeCloseTo(50);
    expect(step(0.1, 34, updated.episode)).toEqual({ kind: 'none' });
    const end = 5 + QUIET_MS / 60_000;
    expect(step(0.1, end, updated.episode)).toMatchObject({ kind: 'close' });
    expect(step(20, end, updated.episode)).toMatchObject({ kind: 'update' });
  });

  it('of one severity is not one of the other', () => {
    expect(step(1.5, 0)).toEqual({ kind: 'none' });
    expect(
      nextEpisode({
        severity: 'ticket',
        target: 0.999,
        measured: measuredAt(1.5),
        now: 0,
      }),
    ).toMatchObject({ kind: 'open', episode: { rule: 'steady' } });
  });
});
