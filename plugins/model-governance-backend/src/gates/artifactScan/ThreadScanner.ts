import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { ScanProgress } from '@modelhub/scanner';
import type { ScanOutcome, ScanRequest } from './ScanResult';
import {
  SCAN_MODULE,
  SCAN_THREAD,
  type ThreadData,
  type ThreadMessage,
} from './worker';

/** Scans artifacts. */
export interface ArtifactScanner {
  /** Rejects when it was aborted or the scanner itself is broken. */
  scan(
    request: ScanRequest,
    options: {
      signal: AbortSignal;
      onProgress?: (progress: ScanProgress) => void;
    },
  ): Promise<ScanOutcome>;
}

/** Requires the module, so that what loads TypeScript here loads it there. */
const START = `require(require('node:worker_threads').workerData.module)`;

const MEBIBYTE = 1024 * 1024;

/**
 * Scans each artifact in a thread of its own with a bounded heap: a file that
 * makes the scanner grow or hang ends the thread and not the backend.
 */
export class ThreadScanner implements ArtifactScanner {
  static create(options: {
    /** Of the heap, and again of what lies outside it. */
    memoryMiB: number;
    /** How Node loads the thread's code; as this process does by default. */
    execArgv?: string[];
  }): ThreadScanner {
    return new ThreadScanner(options.memoryMiB, options.execArgv);
  }

  readonly #memoryMiB: number;
  readonly #execArgv: string[] | undefined;

  private constructor(memoryMiB: number, execArgv: string[] | undefined) {
    this.#memoryMiB = memoryMiB;
    this.#execArgv = execArgv;
  }

  async scan(
    request: ScanRequest,
    options: {
      signal: AbortSignal;
      onProgress?: (progress: ScanProgress) => void;
    },
  ): Promise<ScanOutcome> {
    const { signal, onProgress } = options;
    signal.throwIfAborted();
    const data: ThreadData & { module: string } = {
      role: SCAN_THREAD,
      module: SCAN_MODULE,
      request,
      maxExternalBytes: this.#memoryMiB * MEBIBYTE,
    };
    const settings: WorkerOptions = {
      eval: true,
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: this.#memoryMiB },
      ...(this.#execArgv && { execArgv: this.#execArgv }),
    };
    const worker = new Worker(START, settings);
    const abort = () => worker.terminate();
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await new Promise<ScanOutcome>((resolve, reject) => {
        worker.on('message', (message: ThreadMessage) => {
          if (message.type === 'progress') onProgress?.(message.progress);
          else resolve(message.outcome);
        });
        worker.on('error', (error: NodeJS.ErrnoException) => {
          if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
            resolve({
              type: 'exhausted',
              message: `it needed more than ${this.#memoryMiB} MiB of memory`,
            });
          } else {
            reject(error);
          }
        });
        worker.on('exit', () =>
          reject(
            signal.reason ?? new Error('The scan ended without an answer'),
          ),
        );
      });
    } finally {
      signal.removeEventListener('abort', abort);
      await worker.terminate();
    }
  }
}
