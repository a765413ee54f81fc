import { ConfigReader } from '@backstage/config';
import { retentionOf } from './retention';
import { DEFAULT_RETENTION } from './types';

const read = (rollups?: object) =>
  retentionOf(new ConfigReader({ modelUsage: { rollups } }));

describe('retentionOf', () => {
  it('has a usual length for each level', () => {
    expect(read()).toEqual(DEFAULT_RETENTION);
    expect(read({ minuteDays: 7 })).toEqual({
      ...DEFAULT_RETENTION,
      minute: 7,
    });
  });

  it.each([
    [{ minuteDays: 0 }, /minuteDays must be a whole number/],
    [{ dayDays: 1.5 }, /dayDays must be a whole number/],
    [{ minuteDays: 100 }, /coarser level for fewer days/],
    [{ hourDays: 2000 }, /coarser level for fewer days/],
  ])('refuses %j', (rollups, message) => {
    expect(() => read(rollups)).toThrow(message);
  });
});
