import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import { parseable } from '../__testUtils__/parseable';
import { canonicalJson } from './canonicalJson';
import { generateSigningKey, keyIdOf, trustKeys } from './keys';
import { parseStrictJson } from './parseStrictJson';
import { sha256Hex } from './sha256';

/** Without lone surrogates, which UTF-8 cannot hold. */
const wellFormed = (text: string) =>
  Buffer.from(text, 'utf8').toString('utf8') === text;

describe('canonicalJson', () => {
  it('writes the example of RFC 8785, section 3.2.3', () => {
    expect(
      canonicalJson({
        numbers: [
          333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001,
        ],
        string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
        literals: [null, true, false],
      }),
    ).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), value => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      }),
    );
  });

  it('keeps the value', () => {
    fc.assert(
      fc.property(parseable(), value => {
        expect(JSON.parse(canonicalJson(value))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });

  it('writes what the canonicalize package writes', () => {
    const odd = fc.constantFrom('', '0', '10', '9a', '__proto__', 'é', '😀');
    const { value } = fc.letrec(tie => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: 'binary' }).filter(wellFormed),
        fc.boolean(),
        fc.constant(null),
        fc.date({ noInvalidDate: true }),
        fc.array(tie('value')),
        fc.dictionary(fc.oneof(fc.string(), odd), tie('value')),
        fc.dictionary(fc.string(), fc.constant(undefined)),
      ),
    }));
    fc.assert(
      fc.property(value, it => {
        expect(canonicalJson(it)).toBe(canonicalize(it));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['undefined', undefined],
    ['NaN', { a: Number.NaN }],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['a lone surrogate', { a: 'x\ud800' }],
    ['a big integer', { a: BigInt(1) }],
  ])('refuses %s', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('takes a text that only looks like an escaped surrogate', () => {
    expect(canonicalJson('\\ud800')).toBe('"\\\\ud800"');
  });
});

describe('sha256Hex', () => {
  it('hashes text as UTF-8', () => {
    expect(sha256Hex('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(sha256Hex('€')).toBe(sha256Hex(Buffer.from([0xe2, 0x82, 0xac])));
  });
});

describe('keys', () => {
  it('gives both halves of a pair the same id', () => {
    const key = generateSigningKey();
    expect(key.keyId).toMatch(/^[0-9a-f]{16}$/);
    expect(keyIdOf(key.publicKey)).toBe(key.keyId);
    expect(keyIdOf(key.privateKey)).toBe(key.keyId);
    expect([...trustKeys([key.publicKey]).keys()]).toEqual([key.keyId]);
  });

  it('refuses keys of another kind', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => keyIdOf(publicKey)).toThrow("type 'ec' does not sign here");
    expect(() => keyIdOf('not a key')).toThrow('expected Ed25519 as SPKI PEM');
  });
});

describe('parseStrictJson', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"x":[{"b":{},"c":[],"b":1}]}', 'b'],
    ['{"":1,"":2}', ''],
    ['{"a\\"":1, "q":"{", "a\\"" :2}', 'a"'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('refuses %s', (text, key) => {
    expect(() => parseStrictJson(text)).toThrow(
      `The key '${key}' occurs twice in one object`,
    );
  });

  it.each(['', '{', '{"a":}', "{'a':1}", '{"a":1,}', '[1] x'])(
    'refuses %j, which is no JSON',
    text => {
      expect(() => parseStrictJson(text)).toThrow(SyntaxError);
    },
  );

  it.each([
    '{"a":"a","b":"a"}',
    '[{"a":1},{"a":1}]',
    '{"a":{"a":{"a":["a","a"]}}}',
    '{"a":"\\\\","b":"\\\\\\"","c":"a"}',
    '"a"',
  ])('takes %s', text => {
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  it('takes whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(parseable(), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('finds a repeated key wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
        fc.jsonValue(),
        (value, other) => {
          const text = JSON.stringify(value);
          const [key] = Object.keys(value);
          const twice = `${text.slice(0, -1)},${JSON.stringify(
            key,
          )}:${JSON.stringify(other)}}`;
          expect(() => parseStrictJson(twice)).toThrow('occurs twice');
        },
      ),
    );
  });
});
