import {
  ArtifactError,
  openArtifact,
  scanArtifact,
  type ArtifactFile,
  type ArtifactSource,
  type ScanProgress,
} from '@modelhub/scanner';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { ScanOutcome, ScanRequest } from './ScanResult';
import { isUnreadable, summarise } from './summarise';

/** Marks the data of threads that are to scan, so that nothing else starts it. */
export const SCAN_THREAD = 'modelhub-artifact-scan';

/** This module, which is what the thread runs. */
export const SCAN_MODULE = __filename;

/** What the thread tells. */
export type ThreadMessage =
  | { type: 'progress'; progress: ScanProgress }
  | { type: 'outcome'; outcome: ScanOutcome };

export interface ThreadData {
  role: typeof SCAN_THREAD;
  request: ScanRequest;
  /** Bytes outside the heap, which the limits of the thread do not count. */
  maxExternalBytes: number;
}

const PROGRESS_MS = 250;
const WATCH_MS = 100;

/** Remembers why files could not be had, which the report tells in words only. */
class RememberingArtifact implements ArtifactSource {
  readonly #inner: ArtifactSource;
  readonly #request: ScanRequest;
  failure: ArtifactError | undefined;

  constructor(inner: ArtifactSource, request: ScanRequest) {
    this.#inner = inner;
    this.#request = request;
  }

  get uri() {
    return this.#request.uri;
  }

  get pinnedUri() {
    return this.#shown(this.#inner.pinnedUri);
  }

  addressOf(path: string) {
    return this.#shown(this.#inner.addressOf(path));
  }

  get digest() {
    return this.#inner.digest;
  }

  get leftOut() {
    return this.#inner.leftOut;
  }

  async *list(options?: { signal?: AbortSignal }): AsyncIterable<ArtifactFile> {
    try {
      for await (const file of this.#inner.list(options)) {
        yield {
          path: file.path,
          sizeBytes: file.sizeBytes,
          sha256: file.sha256,
          problem: file.problem,
          open: opening => this.#remember(() => file.open(opening)),
        };
      }
    } catch (error) {
      this.#note(error);
      throw error;
    }
  }

  close() {
    return this.#inner.close();
  }

  async #remember<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#note(error);
      throw error;
    }
  }

  /** Where the portal keeps its files is nobody's business. */
  #shown(address: string) {
    return address.replace(this.#request.address, this.#request.uri);
  }

  #note(error: unknown) {
    if (error instanceof ArtifactError) this.failure ??= error;
  }
}

const unreachable = ({
  reason,
  message,
  isTransient,
}: ArtifactError): ScanOutcome => ({
  type: 'unreachable',
  reason,
  message,
  isTransient,
});

/** Scans an artifact; what cannot be had is an outcome and no report. */
export async function scan(
  request: ScanRequest,
  onProgress: (progress: ScanProgress) => void,
): Promise<ScanOutcome> {
  let opened: ArtifactSource;
  try {
    opened = await openArtifact(request.address, {
      access: request.access,
      revision: request.revision,
      env: request.env,
      registryLogin: host => request.logins[host],
    });
  } catch (error) {
    if (error instanceof ArtifactError) return unreachable(error);
    throw error;
  }
  const source = new RememberingArtifact(opened, request);
  try {
    const report = await scanArtifact(source, {
      expectedDigest: request.expectedDigest,
      onProgress,
    });
    if (source.failure) return unreachable(source.failure);
    if (report.isTransient) {
      const broken = [report, ...report.files]
        .flatMap(({ findings }) => findings)
        .find(({ rule }) => isUnreadable(rule));
      return {
        type: 'unreachable',
        reason: 'unavailable',
        message: broken?.message ?? 'The connection broke',
        isTransient: true,
      };
    }
    return { type: 'scanned', result: summarise(report) };
  } finally {
    await source.close();
  }
}

async function runThread({ request, maxExternalBytes }: ThreadData) {
  const tell = (message: ThreadMessage) => parentPort?.postMessage(message);
  const watch = setInterval(() => {
    const { external } = process.memoryUsage();
    if (external > maxExternalBytes) {
      tell({
        type: 'outcome',
        outcome: {
          type: 'exhausted',
          message: 'it needed more memory than a scan may take',
        },
      });
      // Ends the thread, not the backend.
      process.exit(1);
    }
  }, WATCH_MS);
  let told = 0;
  try {
    const outcome = await scan(request, progress => {
      if (Date.now() - told < PROGRESS_MS) return;
      told = Date.now();
      tell({ type: 'progress', progress });
    });
    tell({ type: 'outcome', outcome });
  } finally {
    clearInterval(watch);
  }
}

if (!isMainThread && workerData?.role === SCAN_THREAD) {
  // Not caught: the thread ends with the error, which its parent hears.
  void runThread(workerData);
}
