import fs from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { GatewayLogger } from '../telemetry/Logger';

/** How often files are looked at, in milliseconds. */
const LOOK_MS = 5_000;

interface Names {
  cert?: string;
  key?: string;
  ca?: string;
}

/** What TLS needs, as the files hold it. */
export interface TlsMaterial {
  cert?: Buffer;
  key?: Buffer;
  ca?: Buffer;
}

const isSame = (a: TlsMaterial, b: TlsMaterial) =>
  (['cert', 'key', 'ca'] as const).every(
    name =>
      a[name]?.equals(b[name] ?? Buffer.alloc(0)) ?? b[name] === undefined,
  );

/**
 * Certificates and keys on disk. They are taken over when they change; what
 * does not fit together changes nothing.
 */
export class TlsFiles {
  readonly #names: Names;
  readonly #logger: GatewayLogger;
  readonly #onChange: (material: TlsMaterial) => void;
  readonly #timer: NodeJS.Timeout;
  #problem = '';
  #material: TlsMaterial;

  private constructor(options: {
    names: Names;
    logger: GatewayLogger;
    onChange: (material: TlsMaterial) => void;
    material: TlsMaterial;
    lookMs: number;
  }) {
    this.#names = options.names;
    this.#logger = options.logger;
    this.#onChange = options.onChange;
    this.#material = options.material;
    // Looks again and again, because watching misses links that move.
    this.#timer = setInterval(() => this.reload(), options.lookMs).unref();
  }

  /**
   * @throws Error when a file cannot be read, or the key is not of the certificate
   */
  static open(options: {
    names: Names;
    logger: GatewayLogger;
    onChange?: (material: TlsMaterial) => void;
    lookMs?: number;
  }): TlsFiles {
    const { names, logger, onChange = () => {}, lookMs = LOOK_MS } = options;
    const material = read(names);
    warnOfReaders(names.key, logger);
    return new TlsFiles({ names, logger, onChange, material, lookMs });
  }

  get material(): TlsMaterial {
    return this.#material;
  }

  /** Takes over what the files hold now, when it is good and new. */
  reload(): void {
    let material: TlsMaterial;
    try {
      material = read(this.#names);
    } catch (error) {
      const { message } = error as Error;
      if (message !== this.#problem) {
        this.#problem = message;
        this.#logger.error('New certificates were not taken over', {
          reason: message,
        });
      }
      return;
    }
    this.#problem = '';
    if (isSame(material, this.#material)) {
      return;
    }
    this.#material = material;
    warnOfReaders(this.#names.key, this.#logger);
    this.#onChange(material);
    this.#logger.info('Took over new certificates', {
      files: Object.values(this.#names).join(', '),
    });
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

function read({ cert, key, ca }: Names): TlsMaterial {
  const material: TlsMaterial = {
    ...(cert !== undefined && { cert: fs.readFileSync(cert) }),
    ...(key !== undefined && { key: fs.readFileSync(key) }),
    ...(ca !== undefined && { ca: fs.readFileSync(ca) }),
  };
  try {
    createSecureContext(material);
  } catch (error) {
    throw new Error(
      `${[cert, key, ca].filter(Boolean).join(', ')}: ${
        (error as Error).message
      }`,
    );
  }
  return material;
}

/** A key that others can read is not a secret. Groups may: so Kubernetes mounts it. */
function warnOfReaders(key: string | undefined, logger: GatewayLogger): void {
  if (key === undefined || process.platform === 'win32') {
    return;
  }
  const mode = fs.statSync(key).mode;
  if ((mode & 0o027) !== 0) {
    logger.warn(
      'A private key can be read or changed by others: set its mode to 0600 or 0440',
      { file: key, mode: (mode & 0o777).toString(8) },
    );
  }
}
