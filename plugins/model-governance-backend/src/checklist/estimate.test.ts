import { estimateOf } from './estimate';

const decided = (purpose: string, ...hours: number[]) =>
  hours.map(n => ({ purpose, hours: n }));

it('goes by requests for the same purpose where there are enough', () => {
  expect(
    estimateOf(
      [
        ...decided('support', 1, 2, 3, 4, 100),
        ...decided('search', 50, 60, 70, 80, 90),
      ],
      'support',
    ),
  ).toEqual({
    medianHours: 3,
    slowestTenthHours: 61.6,
    requests: 5,
    like: 'purpose',
  });
});

it('goes by the tier where there are not', () => {
  expect(
    estimateOf(
      [...decided('support', 1), ...decided('search', 2, 4, 6, 8)],
      'support',
    ),
  ).toMatchObject({ medianHours: 4, requests: 5, like: 'tier' });
});

it('says nothing of a few', () => {
  expect(estimateOf(decided('support', 1, 2, 3, 4), 'support')).toBeUndefined();
  expect(estimateOf([], undefined)).toBeUndefined();
});
