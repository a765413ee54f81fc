import { MemorySource } from './MemorySource';
import { SliceSource } from './SliceSource';

const whole = new MemorySource('whole', Buffer.from('0123456789'));

describe('SliceSource', () => {
  it.each([
    [{ start: 2, size: 3 }, '234'],
    [{ start: 8, size: 30 }, '89'],
    [{ start: 30, size: 3 }, ''],
    // What a broken file says of places.
    [{ start: -(2 ** 51), size: 2 ** 51 + 30 }, '0123456789'],
    [{ start: 4, size: -2 }, ''],
  ])('stays within the whole: %j', async (range, expected) => {
    const slice = new SliceSource('slice', whole, range);
    expect(slice.size).toBe(expected.length);
    expect((await slice.read(0, 100)).toString()).toBe(expected);
  });
});
