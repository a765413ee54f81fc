import { inOrder } from './inOrder';

/** Works on numbers, slower on smaller ones, and notes how many are at work. */
async function run(
  items: number[],
  options: { concurrency: number; isAlone?: (item: number) => boolean },
) {
  let atWork: number[] = [];
  let most = 0;
  const met: number[][] = [];
  const results: number[] = [];
  const work = async (item: number) => {
    atWork.push(item);
    met.push([...atWork]);
    most = Math.max(most, atWork.length);
    for (let turn = 0; turn < 10 - item; turn++) await Promise.resolve();
    atWork = atWork.filter(it => it !== item);
    return item;
  };
  for await (const result of inOrder(items, options, work)) {
    results.push(result);
  }
  return { results, most, met };
}

describe('work on several items', () => {
  it.each([1, 2, 3])(
    'gives results in order, %d at a time',
    async concurrency => {
      const { results, most } = await run([1, 5, 2, 9, 3], { concurrency });
      expect(results).toEqual([1, 5, 2, 9, 3]);
      expect(most).toBe(concurrency);
    },
  );

  it('leaves alone what has to be alone', async () => {
    const { results, most, met } = await run([1, 2, 3, 4, 5], {
      concurrency: 3,
      isAlone: item => item === 3,
    });
    expect(results).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
    expect(met.filter(it => it.includes(3))).toEqual([[3]]);
  });

  it('waits for what still runs when one fails', async () => {
    const done: number[] = [];
    const failing = async () => {
      const results = inOrder([1, 2], { concurrency: 2 }, async item => {
        if (item === 1) throw new Error('one');
        for (let turn = 0; turn < 50; turn++) await Promise.resolve();
        done.push(item);
        return item;
      });
      for await (const result of results) done.push(result);
    };
    await expect(failing()).rejects.toThrow('one');
    expect(done).toEqual([2]);
  });
});
