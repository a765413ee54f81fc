import fc from 'fast-check';
import { OP } from './opcodes';
import { PickleError } from './PickleError';
import { PickleMachine } from './PickleMachine';

/** All that a pickle makes a machine tell, and how far it got. */
function follow(bytes: Buffer, isThorough: boolean, size: number) {
  const told: string[] = [];
  const machine = new PickleMachine({
    isThorough,
    persistentIds: true,
    report: (rule, offset, message) =>
      told.push(`${rule} ${offset} ${message}`),
  });
  let failure: string | undefined;
  let used = 0;
  try {
    for (let at = 0; at < bytes.length && !machine.stopped; at += size) {
      used += machine.push(bytes.subarray(at, at + size));
    }
    machine.end();
  } catch (error) {
    if (!(error instanceof PickleError)) throw error;
    failure = error.message;
  }
  const { stopped, opcodes } = machine;
  return { told, failure, used, stopped, opcodes };
}

const raw = (...parts: Array<number | string>) =>
  Buffer.concat(
    parts.map(part =>
      typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part),
    ),
  );

const NAMES = ['os', 'system', 'collections', 'OrderedDict', 'x', 'a.b', ''];

/** Opcodes with arguments that fit, most of them such as data is made of. */
const opcode: fc.Arbitrary<Buffer> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .constantFrom(
        ...'(NaeIudst)}]lR0.b12Q'.split(''),
        ...[OP.TUPLE1, OP.TUPLE2, OP.TUPLE3, OP.NEWTRUE, OP.NEWFALSE],
        ...[OP.MEMOIZE, OP.NEWOBJ, OP.STACK_GLOBAL, OP.EMPTY_SET],
        ...[OP.ADDITEMS, OP.FROZENSET, OP.NEWOBJ_EX],
      )
      .map(code => (code === 'I' ? raw('I12\n') : raw(code))),
  },
  { weight: 3, arbitrary: fc.nat(6).map(at => raw('h', at)) },
  { weight: 3, arbitrary: fc.nat(6).map(at => raw('q', at)) },
  {
    weight: 1,
    arbitrary: fc.nat(300).map(at => raw('r', at & 255, at >> 8, 0, 0)),
  },
  {
    weight: 1,
    arbitrary: fc.nat(300).map(at => raw('j', at & 255, at >> 8, 0, 0)),
  },
  { weight: 2, arbitrary: fc.nat(255).map(value => raw('K', value)) },
  { weight: 1, arbitrary: fc.nat(255).map(value => raw('M', value, 7)) },
  {
    weight: 1,
    arbitrary: fc.nat(255).map(value => raw('J', value, 1, 2, 255)),
  },
  { weight: 1, arbitrary: fc.constant(raw('G', '12345678')) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(...NAMES)
      .map(name => raw(OP.SHORT_BINUNICODE, name.length, name)),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(...NAMES)
      .map(name => raw('X', name.length, 0, 0, 0, name)),
  },
  { weight: 1, arbitrary: fc.constant(raw('cos\nsystem\n')) },
  { weight: 1, arbitrary: fc.constant(raw('c__builtin__\ngetattr\n')) },
  { weight: 1, arbitrary: fc.constant(raw('ccollections\nOrderedDict\n')) },
  {
    weight: 1,
    arbitrary: fc.nat(9).map(length => raw(0x95, length, 0, 0, 0, 0, 0, 0, 0)),
  },
  { weight: 1, arbitrary: fc.nat(255).map(code => raw(code)) },
);

describe('the short cut for opcodes of data', () => {
  it('finds what following each opcode finds', () => {
    let stopped = 0;
    let told = 0;
    fc.assert(
      fc.property(
        fc.array(opcode, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(1, 3, 17, 64, 4096),
        (opcodes, size) => {
          // So that the stack lasts, and so that the end is not reached by hand.
          const bytes = Buffer.concat([
            Buffer.from('(((NNNN]}\x8c\x02os\x94NNN', 'latin1'),
            ...opcodes,
            Buffer.alloc(12, 'N'),
            Buffer.from('.'),
          ]);
          const thorough = follow(bytes, true, bytes.length);
          expect(follow(bytes, false, bytes.length)).toEqual(thorough);
          expect(follow(bytes, false, size)).toEqual(follow(bytes, true, size));
          if (thorough.stopped) stopped += 1;
          if (thorough.told.length > 0) told += 1;
        },
      ),
      { numRuns: 1500 },
    );
    // The pickles are not all broken from the start, nor all harmless.
    expect(stopped).toBeGreaterThan(50);
    expect(told).toBeGreaterThan(50);
  });
});
