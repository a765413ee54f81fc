import { GroupCommit } from './GroupCommit';

/** Takes groups when it is told to. */
function setUp(most = 10) {
  const groups: number[][] = [];
  const doors: Array<() => void> = [];
  const commit = GroupCommit.create<number, string>({
    most,
    weightOf: it => it,
    take: async items => {
      groups.push(items);
      await new Promise<void>(resolve => doors.push(resolve));
      if (items.includes(7)) throw new Error('7 is bad');
      return items.map(it => `took ${it}`);
    },
  });
  const open = async () => {
    doors.shift()?.();
    // Until the next group has begun, which takes some turns.
    for (let n = 0; n < 10; n += 1) await Promise.resolve();
  };
  return { commit, groups, open };
}

describe('what comes while something is done', () => {
  it('is done together, and everybody gets their own answer', async () => {
    const { commit, groups, open } = setUp();
    const answers = [1, 2, 3, 4].map(it => commit.add(it));
    await open();
    await open();
    expect(await Promise.all(answers)).toEqual(
      [1, 2, 3, 4].map(it => `took ${it}`),
    );
    expect(groups).toEqual([[1], [2, 3, 4]]);
  });

  it('is no more than fits, and one alone always fits', async () => {
    const { commit, groups, open } = setUp(5);
    const answers = [1, 3, 2, 9, 5].map(it => commit.add(it));
    for (let n = 0; n < 5; n += 1) await open();
    await Promise.all(answers);
    expect(groups).toEqual([[1], [3, 2], [9], [5]]);
  });

  it('does not fail because of another', async () => {
    const { commit, groups, open } = setUp(50);
    const answers = [1, 2, 7, 3].map(it => commit.add(it));
    const all = Promise.allSettled(answers);
    for (let n = 0; n < 5; n += 1) await open();
    expect((await all).map(it => it.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(groups).toEqual([[1], [2, 7, 3], [2], [7], [3]]);
    const later = commit.add(4);
    await open();
    expect(await later).toBe('took 4');
  });
});
