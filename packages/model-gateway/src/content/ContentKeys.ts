import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
} from 'node:crypto';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Environment variable with the keys; the first encrypts, all of them decrypt. */
export const CONTENT_KEY = 'MODELHUB_CONTENT_KEY';

interface Key {
  id: string;
  key: Buffer;
}

/** Encrypts what is kept with AES-256-GCM. */
export class ContentKeys {
  readonly #keys: readonly Key[];

  private constructor(keys: readonly Key[]) {
    this.#keys = keys;
  }

  /**
   * @param text - keys of 32 bytes as base64 or hexadecimal, separated by
   * commas; `undefined` where there is none
   * @throws Error that says what is expected
   */
  static parse(text: string | undefined): ContentKeys | undefined {
    const parts = (text ?? '').split(',').map(part => part.trim());
    const keys = parts.filter(Boolean).map(toKey);
    return keys.length === 0 ? undefined : new ContentKeys(keys);
  }

  /** @param place - where it belongs: it is not taken for good anywhere else */
  seal(plain: string, place: string): string {
    const [{ id, key }] = this.#keys;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    cipher.setAAD(Buffer.from(place));
    const sealed = Buffer.concat([
      iv,
      cipher.update(plain, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return `${id}.${sealed.toString('base64')}`;
  }

  /** @throws Error when no key fits, or it was changed or moved */
  open(line: string, place: string): string {
    const [id, text = ''] = line.split('.', 2);
    const found = this.#keys.find(key => key.id === id);
    if (!found) {
      throw new Error(
        `It was encrypted with key ${id}, which is not in ${CONTENT_KEY}.`,
      );
    }
    const sealed = Buffer.from(text, 'base64');
    const decipher = createDecipheriv(
      'aes-256-gcm',
      found.key,
      sealed.subarray(0, IV_BYTES),
      { authTagLength: TAG_BYTES },
    );
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return (
      decipher.update(
        sealed.subarray(IV_BYTES, -TAG_BYTES),
        undefined,
        'utf8',
      ) + decipher.final('utf8')
    );
  }
}

function toKey(text: string): Key {
  const key = /^[0-9a-f]{64}$/i.test(text)
    ? Buffer.from(text, 'hex')
    : Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES) {
    throw new Error(
      `${CONTENT_KEY} must hold keys of 32 bytes as base64 or hexadecimal, separated by commas. Make one with: openssl rand -base64 32`,
    );
  }
  return {
    id: createHash('sha256').update(key).digest('hex').slice(0, 8),
    key,
  };
}
