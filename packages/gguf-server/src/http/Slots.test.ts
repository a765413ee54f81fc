import { Slots } from './Slots';

const stays = new AbortController().signal;

describe('Slots', () => {
  it('lets the first ones in, others wait in order, and the rest go away', async () => {
    const slots = new Slots(1, 2);
    const order: string[] = [];
    const first = await slots.take(stays);
    const second = slots.take(stays).then(give => {
      order.push('second');
      return give;
    });
    const third = slots.take(stays).then(() => order.push('third'));
    expect([slots.running, slots.waiting]).toEqual([1, 2]);
    await expect(slots.take(stays)).rejects.toMatchObject({ status: 429 });
    first();
    first();
    (await second)();
    await third;
    expect(order).toEqual(['second', 'third']);
    expect([slots.running, slots.waiting]).toEqual([1, 0]);
  });

  it('forgets who goes away while waiting', async () => {
    const slots = new Slots(1, 1);
    const give = await slots.take(stays);
    const leaving = new AbortController();
    const waiting = slots.take(leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    expect(slots.waiting).toBe(0);
    give();
    expect(slots.running).toBe(0);
    await expect(slots.take(leaving.signal)).rejects.toThrow('gone');
  });
});
