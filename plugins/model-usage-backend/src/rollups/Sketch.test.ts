import fc from 'fast-check';
import { RELATIVE_ERROR, Sketch } from './Sketch';

const durations = fc.array(
  fc.double({ min: 0.01, max: 1e8, noNaN: true, noDefaultInfinity: true }),
  { minLength: 1, maxLength: 200 },
);

const sketchOf = (values: number[]) => {
  const sketch = new Sketch();
  values.forEach(value => sketch.add(value));
  return sketch;
};

const figuresOf = (sketch: Sketch) => [
  sketch.count,
  ...[0, 0.5, 0.95, 0.99, 1].map(q => sketch.quantile(q)),
];

describe('Sketch', () => {
  it('gives every quantile true to its stated error', () => {
    fc.assert(
      fc.property(
        durations,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, q) => {
          const rank = Math.max(1, Math.ceil(q * values.length));
          const truth = [...values].sort((a, b) => a - b)[rank - 1];
          const told = sketchOf(values).quantile(q);
          expect(Math.abs(told - truth)).toBeLessThanOrEqual(
            truth * (RELATIVE_ERROR + 1e-9),
          );
        },
      ),
    );
  });

  it('is the same, whether all was added or parts were merged', () => {
    fc.assert(
      fc.property(durations, durations, (some, others) => {
        const merged = sketchOf(some);
        merged.merge(sketchOf(others));
        const whole = sketchOf([...some, ...others]);
        expect(figuresOf(merged)).toEqual(figuresOf(whole));
        expect(merged.mean).toBeCloseTo(whole.mean, -3);
      }),
    );
  });

  it('survives being written and read', () => {
    fc.assert(
      fc.property(durations, values => {
        const sketch = sketchOf(values);
        const read = Sketch.decode(sketch.encode());
        expect(figuresOf(read)).toEqual(figuresOf(sketch));
        expect(read.mean).toBe(sketch.mean);
      }),
    );
  });

  it('counts many at once, past what 32 bits hold', () => {
    const sketch = new Sketch();
    sketch.add(120, 5_000_000_000);
    sketch.add(4_000);
    const read = Sketch.decode(sketch.encode());
    expect(read.count).toBe(5_000_000_001);
    expect(read.quantile(1) / 4_000).toBeCloseTo(1, 1);
  });

  it('says how many took no longer than a limit', () => {
    const sketch = sketchOf([100, 200, 300, 5_000]);
    expect(sketch.countUpTo(310)).toBe(3);
    expect(sketch.countUpTo(50)).toBe(0);
    const bytes = sketch.encode();
    expect(Sketch.countsIn(bytes, 310)).toEqual({ count: 4, within: 3 });
    expect(Sketch.countsIn(Buffer.alloc(0), 310)).toEqual({
      count: 0,
      within: 0,
    });
  });

  it('takes nothing for a very short time, and is empty at first', () => {
    const sketch = new Sketch();
    expect([sketch.count, sketch.quantile(0.5)]).toEqual([0, NaN]);
    expect(Sketch.decode(Buffer.alloc(0)).count).toBe(0);
    sketch.add(0);
    expect(sketch.quantile(0.5)).toBeCloseTo(0.01, 3);
  });

  it('does not take bytes of another format for its own', () => {
    expect(() => Sketch.decode(Buffer.from([9, 1, 2]))).toThrow(
      /not a sketch that this release reads/,
    );
  });
});
