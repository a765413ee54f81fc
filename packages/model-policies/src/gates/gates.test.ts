import {
  builtInGateDescriptions,
  describeGate,
  gateOf,
  paramsValidator,
} from '..';

describe('what a file says of a gate', () => {
  it('checks parameters as the gate does', () => {
    const gate = {
      id: 'card',
      title: 'Card',
      paramOrder: { minScore: 'higher' as const },
      validateParams: paramsValidator(
        { minScore: { type: 'number', maximum: 100 }, mode: { enum: ['a'] } },
        ['minScore'],
      ),
    };
    const read = gateOf(JSON.parse(JSON.stringify(describeGate(gate))));
    expect(read).toMatchObject({ id: 'card', paramOrder: gate.paramOrder });
    for (const { validateParams } of [gate, read]) {
      expect(() => validateParams?.({ minScore: 3 })).not.toThrow();
      expect(() => validateParams?.({ minScore: 101 })).toThrow(
        'minScore must be <= 100',
      );
      expect(() => validateParams?.({})).toThrow("'minScore'");
      expect(() => validateParams?.({ minScore: 1, mode: 'b' })).toThrow('(a)');
      expect(() => validateParams?.({ minScore: 1, x: 1 })).toThrow("'x'");
    }
  });

  it('is known of the built-in ones', () => {
    const gates = builtInGateDescriptions();
    const licence = gates.find(({ id }) => id === 'licence');
    expect(() => licence?.validateParams?.({ unknownLicence: 'no' })).toThrow(
      'unknownLicence',
    );
    expect(new Set(gates.map(({ id }) => id)).size).toBe(gates.length);
  });

  it('throws what it is told to', () => {
    class Wrong extends Error {}
    const check = paramsValidator({}, [], message => new Wrong(message));
    expect(() => check({ a: 1 })).toThrow(Wrong);
  });
});
