import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

const VERSION = 'v1';

/**
 * AES-256-GCM under a key that is derived from a secret.
 *
 * @public
 */
export class SecretBox {
  /** @param use - what is kept in it: the same secret makes another key for each */
  static create(secret: string, use: string): SecretBox {
    return new SecretBox(Buffer.from(hkdfSync('sha256', secret, '', use, 32)));
  }

  readonly #key: Buffer;

  private constructor(key: Buffer) {
    this.#key = key;
  }

  /** @param context - has to be the same when it is opened */
  seal(text: string, context: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv);
    cipher.setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return [VERSION, iv, cipher.getAuthTag(), sealed]
      .map(part =>
        typeof part === 'string' ? part : part.toString('base64url'),
      )
      .join('.');
  }

  /** @throws Error when the secret or the context is another one, or the text was changed */
  open(text: string, context: string): string {
    const [version, iv, tag, sealed] = text.split('.');
    if (version !== VERSION || sealed === undefined) {
      throw new Error('Not a sealed text');
    }
    const decipher = createDecipheriv(
      'aes-256-gcm',
      this.#key,
      Buffer.from(iv, 'base64url'),
      { authTagLength: 16 },
    );
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([
      decipher.update(Buffer.from(sealed, 'base64url')),
      decipher.final(),
    ]).toString('utf8');
  }
}
