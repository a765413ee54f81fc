import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import {
  createHash,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';

const sha256 = (data: string | Buffer) =>
  createHash('sha256').update(data).digest();
const base64url = (data: Buffer | string) =>
  Buffer.from(data).toString('base64url');

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([major * 32 + value]);
  if (value < 256) return Buffer.from([major * 32 + 24, value]);
  return Buffer.from([major * 32 + 25, Math.floor(value / 256), value % 256]);
}
const int = (value: number) =>
  value < 0 ? head(1, -1 - value) : head(0, value);
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value]);
const text = (value: string) =>
  Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const map = (...entries: Array<[Buffer, Buffer]>) =>
  Buffer.concat([head(5, entries.length), ...entries.flat()]);

interface Circumstances {
  origin?: string;
  rpId?: string;
  /** Whether a finger or PIN was asked for. */
  userVerified?: boolean;
  /** Instead of the next one. */
  counter?: number;
}

/** A passkey in software: ES256 and no attestation. */
export class SoftAuthenticator {
  readonly id = randomBytes(32);
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  #counter = 0;

  constructor(private readonly origin = 'http://localhost:3000') {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#privateKey = pair.privateKey;
    this.#publicKey = pair.publicKey;
  }

  create(
    options: PublicKeyCredentialCreationOptionsJSON,
    circumstances: Circumstances = {},
  ): RegistrationResponseJSON {
    const { x, y } = this.#publicKey.export({ format: 'jwk' });
    const cose = map(
      [int(1), int(2)],
      [int(3), int(-7)],
      [int(-1), int(1)],
      [int(-2), bytes(Buffer.from(String(x), 'base64url'))],
      [int(-3), bytes(Buffer.from(String(y), 'base64url'))],
    );
    const authData = Buffer.concat([
      this.#authData(options.rp.id ?? '', 0x40, circumstances),
      Buffer.alloc(16),
      Buffer.from([0, this.id.length]),
      this.id,
      cose,
    ]);
    return {
      id: base64url(this.id),
      rawId: base64url(this.id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: this.#clientData(
          'webauthn.create',
          options.challenge,
          circumstances,
        ),
        attestationObject: base64url(
          map(
            [text('fmt'), text('none')],
            [text('attStmt'), map()],
            [text('authData'), bytes(authData)],
          ),
        ),
        transports: ['internal'],
      },
    };
  }

  get(
    options: PublicKeyCredentialRequestOptionsJSON,
    circumstances: Circumstances = {},
  ): AuthenticationResponseJSON {
    this.#counter += 1;
    const clientDataJSON = this.#clientData(
      'webauthn.get',
      options.challenge,
      circumstances,
    );
    const authData = this.#authData(options.rpId ?? '', 0, circumstances);
    const signed = Buffer.concat([
      authData,
      sha256(Buffer.from(clientDataJSON, 'base64url')),
    ]);
    return {
      id: base64url(this.id),
      rawId: base64url(this.id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON,
        authenticatorData: base64url(authData),
        signature: base64url(sign('sha256', signed, this.#privateKey)),
      },
    };
  }

  #clientData(
    type: string,
    challenge: string,
    { origin = this.origin }: Circumstances,
  ): string {
    return base64url(JSON.stringify({ type, challenge, origin }));
  }

  #authData(rpId: string, flags: number, circumstances: Circumstances): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(circumstances.counter ?? this.#counter);
    const verified = circumstances.userVerified ?? true ? 0x04 : 0;
    return Buffer.concat([
      sha256(circumstances.rpId ?? rpId),
      Buffer.from([flags + 0x01 + verified]),
      counter,
    ]);
  }
}
