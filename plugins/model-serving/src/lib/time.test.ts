import { leftText, spanText } from './time';

it.each([
  [999, 'less than a second'],
  [61_000, '1 minute 1 second'],
  [9 * 60_000, '9 minutes'],
  [10 * 60_000 + 59_000, '10 minutes'],
  [3_600_000, '1 hour'],
  [4 * 3_600_000 - 1, '3 hours 59 minutes'],
])('%d ms is %s', (ms, text) => {
  expect(spanText(ms)).toBe(text);
});

it('says when time is over', () => {
  expect(leftText(1_000)).toBe('1 second left');
  expect(leftText(0)).toBe('Its time is over');
});
