import type { ModelArtifact } from '@modelhub/backstage-plugin-models-common';
import type {
  Clock,
  GateContext,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { ScanProgress } from '@modelhub/scanner';
import { addressOf } from './addressOf';
import { ArtifactScanCache } from './ArtifactScanCache';
import type { ArtifactConfig } from './readArtifactConfig';
import { scannerVersion } from './scannerVersion';
import type { ScanOutcome, ScanResult } from './ScanResult';
import { ThreadScanner, type ArtifactScanner } from './ThreadScanner';

export interface ArtifactScansOptions {
  config: ArtifactConfig;
  transactions: Transactions;
  clock: Clock;
  /** In a thread by default. */
  scanner?: ArtifactScanner;
}

type ScanContext = Pick<GateContext, 'signal' | 'progress'>;

/** A scan with the day from which it is, or why there is none. */
export type KnownScan =
  | {
      type: 'scanned';
      result: ScanResult;
      /** ISO 8601. */
      scannedAt: string;
      /** The bytes had been scanned before, for another question. */
      reused: boolean;
    }
  | Exclude<ScanOutcome, { type: 'scanned' }>;

/** The last part of an artifact's address, which loaders and scanners look at. */
const nameOf = (uri: string) => uri.split('/').pop() ?? uri;

/**
 * What is in artifacts: scans them, remembers what was found by the digest of
 * the bytes, and lets those who ask for the same artifact wait for one scan.
 */
export class ArtifactScans {
  static create(options: ArtifactScansOptions): ArtifactScans {
    return new ArtifactScans(options);
  }

  readonly #options: ArtifactScansOptions;
  readonly #cache: ArtifactScanCache;
  readonly #scanner: ArtifactScanner;
  readonly #underWay = new Map<string, Promise<KnownScan>>();

  private constructor(options: ArtifactScansOptions) {
    this.#options = options;
    this.#cache = ArtifactScanCache.create(options);
    this.#scanner =
      options.scanner ??
      ThreadScanner.create({ memoryMiB: options.config.memoryMiB });
  }

  /** @throws AddressError when the portal does not read such addresses */
  async scan(
    artifact: ModelArtifact,
    context: ScanContext,
  ): Promise<KnownScan> {
    const { uri, digest, revision } = artifact;
    const known = await this.#known(artifact);
    if (known) return known;
    const key = JSON.stringify([uri, revision, digest]);
    const other = this.#underWay.get(key);
    if (other) {
      context.progress({ message: 'Waiting for another check of these files' });
      // The other one may have been called off; then this one does it itself.
      const outcome = await waitFor(other, context.signal).catch(() => {});
      if (outcome) return outcome;
      context.signal.throwIfAborted();
    }
    const own = this.#perform(artifact, context).finally(() => {
      if (this.#underWay.get(key) === own) this.#underWay.delete(key);
    });
    this.#underWay.set(key, own);
    return own;
  }

  async #known({ uri, digest }: ModelArtifact): Promise<KnownScan | undefined> {
    if (!digest) return undefined;
    const name = nameOf(uri);
    const known = await this.#cache.get({
      digest,
      name,
      scanner: scannerVersion,
    });
    return known && { ...known, type: 'scanned', reused: true };
  }

  async #perform(
    artifact: ModelArtifact,
    context: ScanContext,
  ): Promise<KnownScan> {
    const { config, clock } = this.#options;
    const { uri, digest } = artifact;
    context.progress({ message: 'Opening the artifact' });
    const address = await addressOf(uri, config.folder);
    const late = AbortSignal.timeout(config.timeoutSeconds * 1000);
    const outcome = await this.#scanner
      .scan(
        {
          uri,
          address,
          revision: artifact.revision,
          expectedDigest: digest,
          access: config.access,
          env: config.env,
          logins: config.logins,
        },
        {
          signal: AbortSignal.any([context.signal, late]),
          onProgress: progress => context.progress(words(progress)),
        },
      )
      .catch((error): ScanOutcome => {
        if (!late.aborted || context.signal.aborted) throw error;
        const minutes = Math.round(config.timeoutSeconds / 60);
        return {
          type: 'exhausted',
          message: `it took longer than ${minutes} minutes`,
        };
      });
    if (outcome.type === 'unreachable') {
      const message = outcome.message.replaceAll(address, uri);
      return { ...outcome, message };
    }
    if (outcome.type !== 'scanned') return outcome;
    const { result } = outcome;
    // A result for other bytes than were promised is none for the promised ones.
    if (result.digest && (!digest || digest === result.digest)) {
      await this.#cache.put(
        { digest: result.digest, name: nameOf(uri), scanner: scannerVersion },
        uri,
        result,
      );
    }
    return {
      ...outcome,
      scannedAt: clock.now().toISOString(),
      reused: false,
    };
  }
}

/** The same, unless the signal comes first. */
function waitFor<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}

function words(progress: ScanProgress) {
  const { filesDone, files, bytesDone, bytes } = progress;
  const size = (count: number) =>
    count >= 1024 ** 3
      ? `${(count / 1024 ** 3).toFixed(1)} GiB`
      : `${(count / 1024 ** 2).toFixed(1)} MiB`;
  const fraction = bytes > 0 ? Math.min(1, bytesDone / bytes) : undefined;
  return {
    message: `${filesDone} of ${files} ${
      files === 1 ? 'file' : 'files'
    }, ${size(bytesDone)}${bytes > 0 ? ` of ${size(bytes)}` : ''} read`,
    ...(fraction !== undefined && { fraction }),
  };
}
