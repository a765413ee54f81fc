import { relativeTimeText } from './RelativeTime';

describe('relativeTimeText', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  it.each([
    ['2026-11-21T11:59:30Z', 'just now'],
    ['2026-11-21T11:55:00Z', '5 minutes ago'],
    ['2026-11-21T15:00:00Z', 'in 3 hours'],
    ['2026-11-24T11:59:58Z', 'in 3 days'],
    ['2026-11-20T12:00:00Z', 'yesterday'],
    ['2026-11-18T12:00:01Z', '2 days ago'],
    ['2026-11-11T12:00:00Z', 'last week'],
    ['2027-05-21T12:00:00Z', 'in 6 months'],
    ['2024-11-01T12:00:00Z', '2 years ago'],
  ])('%s is %s', (at, text) => {
    expect(relativeTimeText(new Date(at), now)).toBe(text);
  });
});
