import { Series } from './Series';

describe('Series', () => {
  it('keeps a cell for each set of labels, whatever is in them', () => {
    const series = new Series<'a' | 'b', string>(['a', 'b']);
    series.set({ a: 'x', b: 'y\nz' }, 'first');
    series.set({ a: 'x\ny', b: 'z' }, 'second');
    series.set({ b: '', a: '' }, 'third');
    expect(series.get({ a: 'x', b: 'y\nz' })).toBe('first');
    expect(series.get({ a: 'x\ny', b: 'z' })).toBe('second');
    expect(series.get({ a: '', b: '' })).toBe('third');
    expect(series.get({ a: 'x', b: 'z' })).toBeUndefined();
    expect(series.get({ a: 'y', b: 'z' })).toBeUndefined();
    expect(series.values()).toEqual(['first', 'second', 'third']);
  });

  it('is empty after it was cleared', () => {
    const series = new Series<never, number>([]);
    expect(series.get({})).toBeUndefined();
    series.set({}, 1);
    expect(series.get({})).toBe(1);
    series.clear();
    expect(series.get({})).toBeUndefined();
    expect(series.size).toBe(0);
  });
});
