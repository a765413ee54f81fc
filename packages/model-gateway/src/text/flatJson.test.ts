import fc from 'fast-check';
import { detached } from './detached';
import { flatJson } from './flatJson';

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(undefined),
);

describe('flatJson', () => {
  it('writes what JSON.stringify writes', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-zA-Z]+$/), value),
        it => {
          expect(flatJson(it)).toBe(JSON.stringify(it));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    '',
    'plain',
    'a"b',
    'a\\b',
    'a\nb',
    '\u2028',
    '\ud800',
    '\x7f',
    'é',
  ])('quotes %j as JSON.stringify does', text => {
    expect(flatJson({ text })).toBe(JSON.stringify({ text }));
  });

  it('puts members before the others', () => {
    expect(flatJson({}, '"a":1')).toBe('{"a":1}');
    expect(flatJson({ b: undefined, c: 2 }, '"a":1')).toBe('{"a":1,"c":2}');
    expect(flatJson({})).toBe('{}');
  });
});

describe('detached', () => {
  it('is the same text', () => {
    const text = Array.from({ length: 256 }, (_, code) =>
      String.fromCharCode(code),
    ).join('');
    expect(detached(text.slice(3))).toBe(text.slice(3));
  });
});
