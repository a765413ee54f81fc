import { createHash } from 'node:crypto';
import { FileScan } from './engine/FileScan';
import { verdictOf } from './engine/verdict';
import { readers } from './readers';
import type { ByteSource } from './source';
import type { FileReport, ScanLimits } from './types';

/**
 * Limits under which a scan stays below 256 MiB.
 *
 * @public
 */
export const DEFAULT_LIMITS: ScanLimits = {
  maxDepth: 5,
  maxMembers: 100_000,
  maxHeldBytes: 48 * 1024 * 1024,
  maxUnpackedBytes: 64 * 1024 ** 3,
  maxRatio: 1000,
  maxFindings: 1000,
};

/**
 * Scans the bytes of one file. Never throws for what is in them.
 *
 * @param options - `sha256` where it is known already and the bytes need not be
 * read whole, as with a remote file whose registry vouches for its digest
 *
 * @public
 */
export async function scanSource(
  source: ByteSource,
  options: {
    limits?: Partial<ScanLimits>;
    sha256?: string;
    signal?: AbortSignal;
  } = {},
): Promise<FileReport> {
  const { signal } = options;
  const scan = new FileScan({
    readers,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    signal,
  });
  const [sha256] = await Promise.all([
    options.sha256 ?? digest(source, signal),
    scan.scan(source),
  ]);
  const { findings } = scan;
  return {
    path: source.name,
    ...(sha256 && { sha256 }),
    sizeBytes: source.size,
    format: scan.formats.join('+') || 'unknown',
    verdict: verdictOf(findings),
    findings,
  };
}

/** Nothing where the bytes cannot be read: the scan tells why. */
async function digest(
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of source.stream()) {
      signal?.throwIfAborted();
      hash.update(chunk);
      size += chunk.length;
    }
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
  return size === source.size ? hash.digest('hex') : undefined;
}
