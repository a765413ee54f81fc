import { createHash } from 'node:crypto';
import { FileScan } from './engine/FileScan';
import { isUnreadable, verdictOf } from './engine/verdict';
import { readers } from './readers';
import { rules } from './rules';
import type { ByteSource } from './source';
import { streamInPlace } from './source/ByteSource';
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

interface Digest {
  sha256?: string;
  failure?: string;
}

const toldDigest = (sha256: string | undefined): Digest => ({ sha256 });

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
    /** Whether the bytes are read whole for their digest; they are by default. */
    digest?: boolean;
    /** Told of every piece that went into the digest. */
    onBytes?: (count: number) => void;
    signal?: AbortSignal;
  } = {},
): Promise<FileReport> {
  const { signal } = options;
  const scan = new FileScan({
    readers,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    signal,
  });
  const isDigested = options.digest !== false && options.sha256 === undefined;
  const [digest] = await Promise.all([
    isDigested ? digestOf(source, options) : toldDigest(options.sha256),
    scan.scan(source),
  ]);
  const { findings } = scan;
  if (digest.failure && !findings.some(it => isUnreadable(it.rule))) {
    findings.push({
      rule: 'unreadable',
      severity: rules.unreadable.severity,
      location: '',
      message: digest.failure,
    });
  }
  return {
    path: source.name,
    ...(digest.sha256 && { sha256: digest.sha256 }),
    sizeBytes: source.size,
    format: scan.formats.join('+') || 'unknown',
    verdict: verdictOf(findings),
    findings,
  };
}

/** A scan does not read all that there is, so it may not meet what is broken. */
async function digestOf(
  source: ByteSource,
  { signal, onBytes }: { signal?: AbortSignal; onBytes?: (n: number) => void },
): Promise<Digest> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of streamInPlace(source)) {
      signal?.throwIfAborted();
      hash.update(chunk);
      size += chunk.length;
      onBytes?.(chunk.length);
    }
  } catch (error) {
    signal?.throwIfAborted();
    return { failure: (error as Error).message };
  }
  return size === source.size
    ? { sha256: hash.digest('hex') }
    : { failure: `ends after ${size} of ${source.size} bytes` };
}
