import {
  ageInDays,
  endOfWaiver,
  endsText,
  reminderDue,
  stateOf,
} from './waiverState';

const day = (n: number) => new Date(Date.UTC(2026, 10, 1) + n * 86_400_000);

it.each([
  [-1, 'ended'],
  [0, 'ended'],
  [0.5, 'ending'],
  [14, 'ending'],
  [14.1, 'active'],
])('with %s days left it is %s', (left, state) => {
  expect(stateOf(day(left), day(0))).toBe(state);
});

it.each([
  ['while it counts', 'approved', {}, 5, undefined],
  ['after its time', 'approved', {}, 11, 'time'],
  ['ended early', 'approved', { endedHow: 'early' as const }, 5, 'early'],
  [
    'renewed, then over',
    'approved',
    { endedHow: 'renewed' as const },
    50,
    'renewed',
  ],
  ['of an approval that was revoked', 'revoked', {}, 5, 'approval-over'],
  ['of one that is suspended', 'suspended', {}, 5, undefined],
] as const)('a waiver %s', (_, approval, more, at, expected) => {
  expect(endOfWaiver({ until: day(10), ...more }, approval, day(at))).toBe(
    expected,
  );
});

describe('people are told', () => {
  const due = (at: number, more: { since?: number; told?: number } = {}) =>
    reminderDue(
      { since: day(more.since ?? -60), ends: day(0), told: more.told },
      day(at),
    );

  it.each([
    [-14.1, undefined],
    [-14, 14],
    [-3.1, 14],
    [-3, 3],
    [-0.1, 3],
    [0, 0],
    // A portal that was off tells it when it is back.
    [40, 0],
  ])('%s days after the end, of stage %s', (at, stage) => {
    expect(due(at)).toBe(stage);
  });

  it('of each stage once', () => {
    expect(due(-14, { told: 14 })).toBeUndefined();
    expect(due(-2, { told: 14 })).toBe(3);
    expect(due(1, { told: 0 })).toBeUndefined();
  });

  it('not of a stage that was over when it was given', () => {
    expect(due(-6, { since: -7 })).toBeUndefined();
    expect(due(-2, { since: -7 })).toBe(3);
    expect(due(-0.5, { since: -1 })).toBeUndefined();
    expect(due(0, { since: -1 })).toBe(0);
  });
});

it('says how old and how near', () => {
  expect(ageInDays(day(0), day(2.9))).toBe(2);
  expect(ageInDays(day(1), day(0))).toBe(0);
  expect(endsText(day(3), day(0))).toBe('ends in 3 days');
  expect(endsText(day(0.2), day(0))).toBe('ends within a day');
  expect(endsText(day(0), day(0))).toBe('is over');
});
