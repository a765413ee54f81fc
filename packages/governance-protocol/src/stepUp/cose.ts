import { createPublicKey, type KeyObject } from 'node:crypto';

/** A public key with the digest that its signatures use. */
export interface CoseKey {
  key: KeyObject;
  /** Undefined where the algorithm brings its own. */
  hash?: 'sha256';
}

const COSE = { kty: 1, alg: 3, crv: -1, x: -2, y: -3, n: -1, e: -2 } as const;

/** Reads the two things that COSE keys of passkeys are made of: integers and byte strings. */
class Reader {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  get isDone(): boolean {
    return this.#at === this.bytes.length;
  }

  map(): Map<number, number | Buffer> {
    const { major, value } = this.#head();
    if (major !== 5) throw new TypeError('Not a COSE key: expected a map');
    const map = new Map<number, number | Buffer>();
    for (let i = 0; i < value; i += 1) {
      const key = this.#item();
      if (typeof key !== 'number' || map.has(key)) {
        throw new TypeError('Not a COSE key: labels are distinct integers');
      }
      map.set(key, this.#item());
    }
    return map;
  }

  #item(): number | Buffer {
    const { major, value } = this.#head();
    if (major === 0) return value;
    if (major === 1) return -1 - value;
    if (major === 2) return this.#take(value);
    throw new TypeError(`Not a COSE key: unexpected CBOR type ${major}`);
  }

  #head(): { major: number; value: number } {
    const [first] = this.#take(1);
    const short = first % 32;
    const major = (first - short) / 32;
    if (short < 24) return { major, value: short };
    if (short === 24) return { major, value: this.#take(1).readUInt8() };
    if (short === 25) return { major, value: this.#take(2).readUInt16BE() };
    throw new TypeError('Not a COSE key: it is too large');
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.bytes.length)
      throw new TypeError('Not a COSE key: it is cut off');
    const taken = this.bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}

/**
 * The public key of a passkey: ES256, EdDSA (Ed25519) or RS256.
 *
 * @throws TypeError when it is another or none
 */
export function readCoseKey(bytes: Buffer): CoseKey {
  const reader = new Reader(bytes);
  const map = reader.map();
  if (!reader.isDone)
    throw new TypeError('Not a COSE key: something follows it');
  const text = (label: number) => {
    const value = map.get(label);
    if (!Buffer.isBuffer(value)) {
      throw new TypeError(`Not a COSE key: label ${label} is missing`);
    }
    return value.toString('base64url');
  };
  const jwk = (key: Record<string, string>) =>
    createPublicKey({ key, format: 'jwk' });

  const kind = [map.get(COSE.kty), map.get(COSE.alg)].join();
  if (kind === '2,-7' && map.get(COSE.crv) === 1) {
    return {
      key: jwk({ kty: 'EC', crv: 'P-256', x: text(COSE.x), y: text(COSE.y) }),
      hash: 'sha256',
    };
  }
  if (kind === '1,-8' && map.get(COSE.crv) === 6) {
    return { key: jwk({ kty: 'OKP', crv: 'Ed25519', x: text(COSE.x) }) };
  }
  if (kind === '3,-257') {
    return {
      key: jwk({ kty: 'RSA', n: text(COSE.n), e: text(COSE.e) }),
      hash: 'sha256',
    };
  }
  throw new TypeError('The key is neither ES256 nor EdDSA nor RS256');
}
