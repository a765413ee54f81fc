import { elapsedSince, type ClockRow } from './elapsed';

const row: ClockRow = {
  time: 0,
  wall: 1_000_000,
  boot: 'a',
  uptime: 50_000,
  version: 7,
};

it.each([
  ['as long as it was', 1_060_000],
  ['a day forth', 1_000_000 + 86_400_000],
  ['a day back', 1_000_000 - 86_400_000],
])('on the same machine the clock does not matter: %s', (_, wall) => {
  expect(
    elapsedSince(row, { boot: 'a', wall, uptime: 110_000 }, undefined),
  ).toBe(60_000);
});

it('after a boot, or elsewhere, the database tells', () => {
  const now = { boot: 'b', wall: 1_090_000, uptime: 3_000 };
  expect(elapsedSince(row, now, undefined)).toBe(90_000);
  expect(elapsedSince({ ...row, boot: undefined }, now, undefined)).toBe(
    90_000,
  );
  expect(elapsedSince(row, { ...now, wall: 5 }, undefined)).toBe(0);
});

it('another replica believes its own eyes before a clock that was set', () => {
  const sight = { version: 7, first: 2_000, before: 1_000 };
  const at = (wall: number, uptime: number) =>
    elapsedSince(row, { boot: 'b', wall, uptime }, sight);
  // It has had the row for 8 s, and saw the one before 9 s ago.
  expect(at(1_008_500, 10_000)).toBe(8_500);
  expect(at(1_000_000 - 3_600_000, 10_000)).toBe(8_000);
  expect(at(1_000_000 + 3_600_000, 10_000)).toBe(9_000);
});

it('knows nothing by the sight of another version', () => {
  expect(
    elapsedSince(
      row,
      { boot: 'b', wall: 1_005_000, uptime: 90_000 },
      { version: 6, first: 1_000 },
    ),
  ).toBe(5_000);
});
